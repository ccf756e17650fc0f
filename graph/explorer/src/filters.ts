// The filters: what is drawn besides, how many obligations make a tie, lists to tick, a range of pressure and of days.

import { type Picture, wording } from "./data";
import { element } from "./element";
import type { FilterName, State } from "./state";

const NUMBERS = { least: "Ties from (obligations)", min: "Pressure from", max: "Pressure to" } as const;
const DAYS = { from: "Due from", to: "Due to" } as const;
const SWITCHES = { bodies: "the bodies that ask", facts: "stated facts" } as const;

export class Filters {
  private readonly boxes: { name: FilterName; box: HTMLInputElement }[] = [];
  private readonly inputs = new Map<string, HTMLInputElement>();
  private readonly switches = new Map<string, HTMLInputElement>();

  constructor(
    private readonly picture: Picture,
    private readonly place: HTMLElement,
    private readonly set: (change: Partial<State>) => void,
  ) {
    place.addEventListener("submit", (event) => event.preventDefault());
    const { duties, lists, things } = picture;
    this.addSwitches();
    this.number("least", 1, 9999);
    const of = (name: "document" | "status" | "act") => count(duties[name].map((n) => lists[name]![n]!));
    this.list("documents", "Document", of("document"));
    this.list("statuses", "Status", of("status"));
    this.list("types", "Kind of actor", count(things.filter((thing) => thing.kind === "actor").map((thing) => thing.type)));
    this.list("acts", "Act", of("act"));
    this.list("themes", "Theme", count(duties.themes.flat().map((n) => lists.theme![n]!)));
    this.number("min", 0, 5);
    this.number("max", 0, 5);
    for (const name of ["from", "to"] as const) this.input(name, DAYS[name], "date", (value) => this.set({ [name]: value }));
  }

  /** Show a state; `least` is how many obligations a tie that is drawn has. */
  show(state: State, least: number): void {
    for (const { name, box } of this.boxes) box.checked = state[name].includes(box.value);
    for (const name of ["min", "max", "from", "to"] as const) this.inputs.get(name)!.value = String(state[name]);
    this.inputs.get("least")!.value = String(least);
    for (const name of ["bodies", "facts"] as const) this.switches.get(name)!.checked = state[name];
    this.switches.get("duties")!.checked = state.duties === "all" || state.duties === "only";
  }

  private addSwitches(): void {
    const field = element("fieldset", "switches");
    field.append(element("legend", "", "Draw also"));
    const add = (name: string, words: string, act: (isOn: boolean) => void) => {
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.name = name;
      box.addEventListener("change", () => act(box.checked));
      this.switches.set(name, box);
      label.append(box, ` ${words}`);
      field.append(label);
    };
    const aside = this.picture.things.filter((thing) => thing.aside).map((thing) => thing.label);
    const bodies = aside.length ? `${SWITCHES.bodies} (${aside.slice(0, 2).join(", ")}${aside.length > 2 ? " …" : ""})` : SWITCHES.bodies;
    add("bodies", bodies, (isOn) => this.set({ bodies: isOn }));
    add("facts", SWITCHES.facts, (isOn) => this.set({ facts: isOn }));
    add("duties", "obligations as nodes", (isOn) => this.set({ duties: isOn ? "all" : "" }));
    this.place.append(field);
  }

  private list(name: FilterName, title: string, counts: Map<string, number>): void {
    if (counts.size < 2) return;
    const group = element("details");
    group.append(element("summary", "", title));
    const field = element("fieldset");
    field.append(element("legend", "unseen", title));
    for (const [value, number] of counts) {
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.value = value;
      box.addEventListener("change", () => {
        this.set({ [name]: this.boxes.filter((each) => each.name === name && each.box.checked).map((each) => each.box.value) });
      });
      this.boxes.push({ name, box });
      label.append(box, ` ${wording(this.picture, value)} `, element("span", "count", String(number)));
      field.append(label);
    }
    group.append(field);
    this.place.append(group);
  }

  private number(name: "least" | "min" | "max", low: number, high: number): void {
    const input = this.input(name, NUMBERS[name], "number", (value) => {
      this.set({ [name]: Math.min(high, Math.max(low, Math.round(Number(value) || 0))) });
    });
    [input.min, input.max] = [String(low), String(high)];
  }

  private input(name: string, title: string, type: string, act: (value: string) => void): HTMLInputElement {
    const label = element("label", "range", `${title} `);
    const input = element("input");
    input.type = type;
    input.name = name;
    input.addEventListener("change", () => act(input.value));
    this.inputs.set(name, input);
    label.append(input);
    this.place.append(label);
    return input;
  }
}

function count(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])));
}
