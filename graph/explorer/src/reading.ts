// The reading view: what is stated where one points stands in the margin, and quotations are copied with their citation.

import { element } from "./element";

const WAIT = 140;
const NARROW = "(max-width: 760px)";
const reader = document.querySelector<HTMLElement>(".reader")!;
const article = reader.querySelector<HTMLElement>("article.reading")!;
const margin = reader.querySelector<HTMLElement>(".margin")!;
const empty = [...margin.childNodes];
const cards = new Map<string, Promise<HTMLElement | null>>();
let shown = "";
let pinned = "";
let waiting = 0;

/** The part of a page that the margin shows, asked for once. */
function card(address: string): Promise<HTMLElement | null> {
  let found = cards.get(address);
  if (!found) cards.set(address, (found = ask(address)));
  return found;
}

async function ask(address: string): Promise<HTMLElement | null> {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("article.statement");
  } catch {
    return null; // the server is gone: the link still leads to the page
  }
}

/** The address of what a place in the text is about: of its own link for a verb or a citation, of its statement for other words. */
function addressOf(place: Element | null): string {
  const link = place?.closest<HTMLAnchorElement>("a.verb, a.instrument");
  if (link && article.contains(link)) return link.pathname === "/statement" || link.pathname === "/cited" ? link.pathname + link.search : `/cited?instrument=${encodeURIComponent(decodeURIComponent(link.pathname.replace("/instrument/", "")))}`;
  const of = place?.closest<HTMLElement>("[data-of]")?.dataset.of;
  const verb = of ? document.getElementById(of) : null;
  return verb instanceof HTMLAnchorElement ? verb.pathname + verb.search : "";
}

async function show(address: string, place: Element): Promise<void> {
  shown = address;
  light(address);
  const late = setTimeout(() => shown === address && margin.replaceChildren(element("p", "faint", "Looking it up …")), WAIT);
  const found = await card(address);
  clearTimeout(late);
  if (shown !== address) return;
  if (!found) {
    margin.replaceChildren(element("p", "faint", "The server does not answer: follow the link instead."));
    return;
  }
  const copy = document.importNode(found, true);
  const parts: Node[] = [copy];
  if (pinned) {
    const close = element("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", letGo);
    parts.unshift(close);
  }
  const cite = copy.querySelector<HTMLElement>(".cite");
  if (cite) cite.append(copies(copy.querySelector("blockquote")?.textContent ?? "", copy.dataset.pinpoint ?? "", cite.dataset, permanent(copy.dataset.place ?? "")));
  copy.querySelector<HTMLAnchorElement>(".why")?.addEventListener("click", (event) => {
    event.preventDefault();
    const why = event.currentTarget as HTMLAnchorElement;
    why.textContent = "Reading it again …";
    void show(why.pathname + why.search, place);
  });
  margin.replaceChildren(...parts);
  margin.classList.toggle("pinned", pinned !== "");
  margin.scrollTop = 0;
  const section = place.closest("section");
  if (matchMedia(NARROW).matches && section) section.after(margin);
  else if (margin.parentElement !== reader) reader.append(margin);
}

function light(address: string): void {
  const name = new URLSearchParams(address.split("?")[1]).get("of")?.split("#")[1] ?? "";
  for (const each of article.querySelectorAll(".lit")) each.classList.remove("lit");
  if (name) for (const each of article.querySelectorAll(`[data-of="${name}"]`)) each.classList.add("lit");
}

function letGo(): void {
  pinned = shown = "";
  light("");
  margin.replaceChildren(...empty);
  margin.classList.remove("pinned");
  if (margin.parentElement !== reader) reader.append(margin);
}

function permanent(place: string): string {
  return new URL(place || location.pathname, location.href).href;
}

interface Cited {
  plain?: string;
  oscola?: string;
  address?: string;
}

/** Three buttons that copy words with their citation. */
function copies(words: string, pinpoint: string, cited: Cited, own: string): HTMLElement {
  const quoted = words.trim().replace(/\s+/g, " ");
  const { plain = "", oscola = "", address = "" } = cited;
  const pinned = pinpoint ? `, ${pinpoint}` : "";
  const texts: Record<string, string> = {
    Plain: `“${quoted}” (${plain}${pinned})`,
    Markdown: `> ${quoted}\n>\n> — [${plain}${pinned}](${(address || own).replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))})`,
    OSCOLA: `‘${quoted}’ ${oscola}${pinned.replace("para.", "para").replaceAll(" (", "(")}.`,
  };
  const line = element("p", "copies", "Copy: ");
  const said = element("span", "faint");
  said.setAttribute("role", "status");
  for (const [name, text] of Object.entries(texts)) {
    const button = element("button", "", name);
    button.type = "button";
    button.title = text;
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(text).then(
        () => (said.textContent = "Copied."),
        () => (said.textContent = "The browser does not let it be copied."),
      );
    });
    line.append(button);
  }
  line.append(said);
  return line;
}

/** A button at each paragraph that offers its words, or those of it that are selected, with the citation. */
function addTools(): void {
  for (const section of article.querySelectorAll<HTMLElement>("section[id]:not(.heading, .title)")) {
    const button = element("button", "tool", "Cite");
    button.type = "button";
    button.setAttribute("aria-label", `Cite ${section.dataset.pinpoint || section.querySelector(".anchor")?.textContent || "this"}`);
    button.addEventListener("click", () => {
      const chosen = getSelection();
      const isHere = chosen && !chosen.isCollapsed && section.contains(chosen.anchorNode);
      const words = isHere ? chosen.toString() : textOf(section);
      pinned = shown = `#${section.id}`;
      light("");
      const close = element("button", "close", "Close");
      close.type = "button";
      close.addEventListener("click", letGo);
      const quote = element("blockquote", "", words.trim().replace(/\s+/g, " "));
      const made = element("article", "statement");
      made.append(element("h3", "", "To cite it"), quote, copies(words, section.dataset.pinpoint ?? "", article.dataset, permanent(`#${section.id}`)));
      margin.replaceChildren(close, made);
      margin.classList.add("pinned");
      if (matchMedia(NARROW).matches) section.after(margin);
      else if (margin.parentElement !== reader) reader.append(margin);
    });
    section.append(button);
  }
}

/** The words of a paragraph, without its number and what is not read. */
function textOf(section: HTMLElement): string {
  const copy = section.querySelector("p")!.cloneNode(true) as HTMLElement;
  for (const each of copy.querySelectorAll(".outside, .omitted")) each.remove();
  return copy.textContent ?? "";
}

article.addEventListener("pointerover", (event) => {
  if (pinned || event.pointerType !== "mouse" || matchMedia(NARROW).matches) return;
  const place = event.target as Element;
  const address = addressOf(place);
  clearTimeout(waiting);
  if (address && address !== shown) waiting = window.setTimeout(() => void show(address, place), WAIT);
});
article.addEventListener("focusin", (event) => {
  const address = addressOf(event.target as Element);
  if (address && !pinned && !matchMedia(NARROW).matches) void show(address, event.target as Element);
});
article.addEventListener("click", (event) => {
  const place = event.target as Element;
  const link = place.closest<HTMLAnchorElement>("a");
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (link && !link.matches("a.verb, a.instrument")) return;
  const address = addressOf(place);
  if (!address) return;
  event.preventDefault();
  pinned = address;
  const verb = place.closest<HTMLElement>("[data-of]")?.dataset.of;
  if (verb && address.startsWith("/statement")) history.replaceState(null, "", `#${verb}`);
  void show(address, place);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") letGo();
});

const contents = reader.querySelector<HTMLDetailsElement>(".contents details")!;
if (matchMedia("(max-width: 1180px)").matches) contents.open = false;
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = reader.querySelector(`.contents a[href="#${CSS.escape(target.id)}"]`);
      if (isIntersecting) link?.setAttribute("aria-current", "location");
      else link?.removeAttribute("aria-current");
    }
  },
  { rootMargin: "0px 0px -70% 0px" },
);
for (const section of article.querySelectorAll("section[id]")) watch.observe(section);
addTools();
const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (target?.matches("a.verb")) {
  pinned = addressOf(target);
  void show(pinned, target);
}
document.body.dataset.ready = "true";
