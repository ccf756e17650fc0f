// Says on a page that stays open that the store has been written since.

const EVERY = 15_000;

/** Ask the server now and then, while the page is looked at; call once when its store is another than `state`. */
export function watch(state: string, changed: () => void): void {
  let said = false;
  const ask = async () => {
    if (said || document.hidden) return;
    try {
      const answer = await fetch("/state");
      if (!answer.ok || said || (await answer.text()) === state) return;
    } catch {
      return; // the server is gone: nothing to say that the next click does not
    }
    said = true;
    changed();
  };
  setInterval(() => void ask(), EVERY);
  document.addEventListener("visibilitychange", () => void ask());
}
