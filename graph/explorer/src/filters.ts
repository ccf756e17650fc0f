// The filters: lists to tick, a range of strength, a range of days.

import { type Picture, wording } from "./data";
import { element } from "./element";
import { type ListName, type State } from "./state";

export class Filters {
  private readonly boxes: { name: ListName; box: HTMLInputElement }[] = [];
  private readonly inputs: Record<"min" | "max" | "from" | "to", HTMLInputElement>;

  constructor(
    private readonly picture: Picture,
    private readonly place: HTMLElement,
    private readonly onChange: (change: Partial<State>) => void,
  ) {
    const duties = picture.nodes.filter((node) => node.kind === "obligation");
    this.list("documents", "Document", count(picture.edges.map((edge) => edge.document)));
    this.list("statuses", "Status", count(duties.map((node) => node.status)));
    this.list("types", "Actor type", count(picture.nodes.filter((node) => node.kind === "actor").map((node) => node.type)));
    this.list("acts", "Act", count(duties.map((node) => node.type)));
    this.list("themes", "Theme", count(duties.flatMap((node) => node.themes)));
    this.inputs = {
      min: this.input("min", "Pressure from", "number"),
      max: this.input("max", "Pressure to", "number"),
      from: this.input("from", "Due from", "date"),
      to: this.input("to", "Due to", "date"),
    };
  }

  show(state: State): void {
    for (const { name, box } of this.boxes) box.checked = state[name].includes(box.value);
    this.inputs.min.value = String(state.min);
    this.inputs.max.value = String(state.max);
    this.inputs.from.value = state.from;
    this.inputs.to.value = state.to;
  }

  private list(name: ListName, title: string, counts: Map<string, number>): void {
    if (counts.size < 2) return;
    const group = element("details");
    group.append(element("summary", "", title));
    const field = element("fieldset");
    field.append(element("legend", "hidden", title));
    for (const [value, number] of counts) {
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.value = value;
      box.addEventListener("change", () => {
        this.onChange({ [name]: this.boxes.filter((each) => each.name === name && each.box.checked).map((each) => each.box.value) });
      });
      this.boxes.push({ name, box });
      label.append(box, ` ${wording(this.picture, value)} `, element("span", "count", String(number)));
      field.append(label);
    }
    group.append(field);
    this.place.append(group);
  }

  private input(name: "min" | "max" | "from" | "to", title: string, type: string): HTMLInputElement {
    const label = element("label", "range", `${title} `);
    const input = element("input");
    input.type = type;
    input.name = name;
    if (type === "number") [input.min, input.max] = ["0", "5"];
    input.addEventListener("change", () => {
      const number = Math.min(5, Math.max(0, Math.round(Number(input.value) || 0)));
      this.onChange({ [name]: type === "number" ? number : input.value });
    });
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
