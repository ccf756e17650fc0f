// The script of the search page: results follow what is typed. Without it the form asks the server, and the answer is the same page.

const WAIT = 250; // milliseconds after the last letter
const form = document.querySelector<HTMLFormElement>("form#search");
const typed = form?.querySelector<HTMLInputElement>("input[type=search]");
let asked: AbortController | undefined;
let timer = 0;

async function follow(): Promise<void> {
  if (!form || !typed) return;
  const given = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== ""));
  const address = `${form.action}?${given}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("results");
    if (!answer.ok || !found) return;
    document.getElementById("results")?.replaceWith(document.adoptNode(found));
    document.title = page.title;
    history.replaceState(null, "", address);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}

typed?.addEventListener("input", () => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void follow(), WAIT);
});
