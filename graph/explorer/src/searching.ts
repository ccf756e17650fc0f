// Search with suggestions: a combobox after the WAI-ARIA pattern.

import type { Picture } from "./data";
import { element } from "./element";

const MOST = 12;

export function addSearch(picture: Picture, input: HTMLInputElement, list: HTMLElement, onFound: (n: number) => void): void {
  const words = picture.things.map((node) => `${node.label} ${node.id}`.toLowerCase());
  let found: number[] = [];
  let at = -1;

  const mark = (n: number) => {
    at = n;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
    const option = list.children[n];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const choose = (n: number | undefined) => {
    if (n === undefined) return;
    input.value = picture.things[n]!.label;
    close();
    onFound(n);
  };
  const suggest = () => {
    const asked = input.value.trim().toLowerCase();
    found = asked ? ranked(picture, words, asked).slice(0, MOST) : [];
    list.replaceChildren(
      ...found.map((n, i) => {
        const option = element("li", "", picture.things[n]!.label);
        option.id = `suggestion-${i}`;
        option.setAttribute("role", "option");
        option.append(" ", element("span", "count", picture.things[n]!.kind));
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(n);
        });
        return option;
      }),
    );
    if (asked && found.length === 0) list.replaceChildren(element("li", "none", "Nothing is called so."));
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(found.length ? 0 : -1);
  };
  input.addEventListener("input", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) suggest();
      else mark(Math.max(0, Math.min(found.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Enter") choose(found[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Names that are the words, then those that begin with them, then those that hold them; actors before the rest. */
function ranked(picture: Picture, words: string[], asked: string): number[] {
  const scored: [number, number][] = [];
  words.forEach((text, n) => {
    const node = picture.things[n]!;
    const place = text.indexOf(asked);
    if (place < 0) return;
    const exact = node.label.toLowerCase() === asked || node.id.toLowerCase().endsWith(`/${asked}`);
    const begins = place === 0 || /\W/.test(text[place - 1] ?? "");
    scored.push([(exact ? 0 : begins ? 2 : 4) + (node.kind === "actor" ? 0 : 1), n]);
  });
  return scored.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, n]) => n);
}
