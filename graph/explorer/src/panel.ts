// What is known of what is chosen, with the words of each obligation; where nothing is, the strongest ties.

import { counted, type Detail, type Fact, type Picture, short, type Thing, wording } from "./data";
import { element } from "./element";
import type { Scene } from "./scene";
import type { Sentences } from "./sentences";
import type { State } from "./state";
import { keyOf, type Tie, type Ties } from "./ties";

const STEP = 10;
const STRONGEST = 12;
const MOST_TIES = 12;

export class Panel {
  constructor(
    private readonly picture: Picture,
    private readonly place: HTMLElement,
    private readonly sentences: Sentences,
    private readonly set: (change: Partial<State>) => void,
  ) {}

  /** Where nothing is chosen: what the picture is, and its strongest ties as a list. */
  showAll(scene: Scene, ties: Ties): void {
    const things = this.picture.things;
    const drawn = scene.lines.filter((line) => line.tie).map((line) => ties.owed.get(line.tie)!);
    const strongest = drawn.sort((a, b) => b.duties.length - a.duties.length).slice(0, STRONGEST);
    const list = element("ul", "links");
    list.classList.add("counted");
    for (const tie of strongest) list.append(this.tieItem(tie, `${short(things[tie.source]!)} → ${short(things[tie.target]!)}`));
    const said = scene.least > 1 ? `Drawn are the ties of ${scene.least} obligations or more.` : "All ties are drawn.";
    const parts = strongest.length ? [element("h3", "", "The strongest ties"), list] : [];
    this.fill(false, "network", "Who owes whom", [element("p", "", `${said} Choose someone to see what he bears and is owed, and a tie for its obligations.`), ...parts]);
  }

  showGroup(name: string, members: Thing[]): void {
    const list = element("ul", "links");
    for (const thing of members) list.append(this.thingItem(this.picture.things.indexOf(thing)));
    this.fill(true, "group", `${name} and those close to it`, [element("p", "", `${members.length} have more to do with each other than with others.`), list]);
  }

  showThing(n: number, state: State, scene: Scene, ties: Ties): void {
    const thing = this.picture.things[n]!;
    const of = (end: "source" | "target") => [...ties.owed.values()].filter((tie) => tie[end] === n).sort((a, b) => b.duties.length - a.duties.length);
    const [owes, owed] = [of("source"), of("target")];
    const parts: Node[] = [this.pageLinks(thing), this.focusButtons(state), this.dutiesButton(state, scene)];
    if (owes.length) parts.push(element("h3", "", "Owes to"), this.tieList(owes, "target"));
    if (owed.length) parts.push(element("h3", "", "Is owed by"), this.tieList(owed, "source"));
    const facts = this.picture.facts.filter((fact) => fact.source === n || fact.target === n);
    parts.push(...this.duties("What it bears", ties.borne[n]!), ...this.duties("What it is owed", ties.due[n]!));
    if (facts.length) parts.push(element("h3", "", `Stated of it (${facts.length})`), this.factList(n, facts));
    this.fill(true, wording(this.picture, thing.type) || thing.kind, thing.label, parts);
  }

  showTie(tie: Tie): void {
    const { things } = this.picture;
    const ends = element("p", "ends");
    ends.append(this.thingButton(tie.source), " owes ", this.thingButton(tie.target));
    this.fill(true, "tie", counted(tie.duties.length, "obligation"), [ends, ...this.duties(`From ${things[tie.source]!.label}`, tie.duties)]);
  }

  showDuty(n: number): void {
    this.fill(true, "obligation", "An obligation", this.duties("", [n]));
  }

  private fill(isChosen: boolean, kind: string, title: string, parts: Node[]): void {
    const close = element("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", () => this.set({ node: "", tie: "", group: "", hops: 0, duties: this.picture.begins }));
    this.place.replaceChildren(...(isChosen ? [close] : []), element("p", "kind", kind), element("h2", "", title), ...parts);
    this.place.classList.toggle("idle", !isChosen);
    this.place.scrollTop = 0;
  }

  /** The words of obligations, the strongest first, some at a time. */
  private duties(title: string, numbers: number[]): Node[] {
    if (numbers.length === 0) return [];
    const { strength, days } = this.picture.duties;
    const sorted = [...numbers].sort((a, b) => strength[b]! - strength[a]! || (days[b] ?? "").localeCompare(days[a] ?? "") || a - b);
    const list = element("ul", "sentences");
    const more = element("button", "more", "");
    more.type = "button";
    let shown = 0;
    const add = async () => {
      const next = sorted.slice(shown, shown + STEP);
      shown += next.length;
      more.hidden = shown >= sorted.length;
      more.textContent = `${counted(Math.min(STEP, sorted.length - shown), "more", "more")} of ${sorted.length}`;
      const found = await this.sentences.of(next);
      for (const [n, detail] of found) list.append(this.sentence(n, detail));
      if (found.length < next.length) list.append(element("li", "none", "The words of some could not be had: the server does not answer, or the store has changed."));
    };
    more.addEventListener("click", () => void add());
    void add();
    return [...(title ? [element("h3", "", `${title} (${numbers.length})`)] : []), list, more];
  }

  private sentence(n: number, detail: Detail): HTMLElement {
    const { duties, lists } = this.picture;
    const item = element("li");
    const about = [wording(this.picture, lists.act![duties.act[n]!]!), `pressure ${duties.strength[n]} of 5`, wording(this.picture, lists.bindingness![duties.bindingness[n]!]!)];
    if (duties.days[n]) about.push(`due ${duties.days[n]!.split("|").join(", ")}`);
    const where = [detail.document, detail.paragraph && `paragraph ${detail.paragraph}`].filter(Boolean).join(", ");
    const source = detail.place ? element("a", "page", where) : element("span", "", where);
    if (source instanceof HTMLAnchorElement) source.href = detail.place!;
    const line = element("p", "about");
    line.append(source, ` · ${about.join(" · ")}`);
    item.append(element("blockquote", "", detail.words), line);
    return item;
  }

  private focusButtons(state: State): HTMLElement {
    const group = element("div", "focus");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Show");
    for (const [value, words] of [[0, "everything"], [1, "its neighbours"], [2, "two steps"]] as const) {
      group.append(this.button(words, () => this.set({ hops: value }), value === state.hops));
    }
    return group;
  }

  private dutiesButton(state: State, scene: Scene): Node {
    if (state.duties === "all" || state.duties === "only") return document.createTextNode("");
    const line = element("p", "focus");
    const isOn = state.duties === "its";
    line.append(this.button("its obligations as nodes", () => this.set({ duties: isOn ? "" : "its" }), isOn));
    if (scene.left) line.append(element("span", "hint", `${scene.left} more are not drawn.`));
    return line;
  }

  private button(words: string, act: () => void, isPressed: boolean): HTMLButtonElement {
    const made = element("button", "", words);
    made.type = "button";
    made.setAttribute("aria-pressed", String(isPressed));
    made.addEventListener("click", act);
    return made;
  }

  private tieList(ties: Tie[], end: "source" | "target"): HTMLElement {
    const list = element("ul", "links");
    list.classList.add("counted");
    for (const tie of ties.slice(0, MOST_TIES)) list.append(this.tieItem(tie, this.picture.things[tie[end]]!.label));
    if (ties.length <= MOST_TIES) return list;
    const more = element("button", "more", `${ties.length - MOST_TIES} more`);
    more.type = "button";
    const item = element("li", "rest");
    item.append(more);
    more.addEventListener("click", () => item.replaceWith(...ties.slice(MOST_TIES).map((tie) => this.tieItem(tie, this.picture.things[tie[end]]!.label))));
    list.append(item);
    return list;
  }

  private tieItem(tie: Tie, words: string): HTMLElement {
    const item = element("li");
    const button = element("button", "link", words);
    button.type = "button";
    button.addEventListener("click", () => this.set({ node: "", group: "", hops: 0, tie: keyOf(this.picture, tie.source, tie.target) }));
    item.append(element("span", "count", String(tie.duties.length)), " ", button);
    return item;
  }

  private factList(n: number, facts: Fact[]): HTMLElement {
    const list = element("ul", "sentences");
    for (const fact of facts) {
      const item = element("li");
      const other = fact.source === n ? fact.target : fact.source;
      const line = element("p", "about");
      line.append(`${fact.source === n ? fact.label : `${fact.label}, of`} `, this.thingButton(other));
      const where = `${fact.document}, paragraph ${fact.paragraph}`;
      const source = this.picture.served ? element("a", "page", where) : element("span", "", where);
      if (source instanceof HTMLAnchorElement) source.href = fact.place;
      const words = element("p", "about");
      words.append(source);
      item.append(line, element("blockquote", "", fact.words), words);
      list.append(item);
    }
    return list;
  }

  private thingItem(n: number): HTMLElement {
    const item = element("li");
    item.append(this.thingButton(n));
    return item;
  }

  private thingButton(n: number): HTMLButtonElement {
    const button = element("button", "link", this.picture.things[n]!.label);
    button.type = "button";
    button.addEventListener("click", () => this.set({ node: this.picture.things[n]!.id, tie: "", group: "" }));
    return button;
  }

  /** Links to the page of a thing and to its network alone; nothing where no pages are served. */
  private pageLinks(thing: Thing): Node {
    if (!this.picture.served || thing.kind === "other") return document.createTextNode("");
    const line = element("p");
    const link = (words: string, to: string) => {
      const made = element("a", "page", words);
      made.href = to;
      return made;
    };
    const name = encodeURIComponent(decodeURIComponent(thing.id.replace(/^[^/]+\//, "")));
    line.append(link("All that is known", `/${thing.id}`), " · ", link("Its network alone", `/explorer?actor=${name}`));
    return line;
  }
}
