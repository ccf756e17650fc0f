// The legend: each community by its colour and its largest member; a click lights it.

import { counted, type Picture, short } from "./data";
import { element } from "./element";
import { GROUPS } from "./painting";
import type { State } from "./state";

export class Groups {
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(picture: Picture, place: HTMLElement, set: (change: Partial<State>) => void) {
    const sizes = new Map<number, number>();
    for (const { community } of picture.things) if (community !== undefined) sizes.set(community, (sizes.get(community) ?? 0) + 1);
    const add = (style: string, words: string, count: number, id: string) => {
      const item = element("li");
      const button = element("button", "community", "");
      button.type = "button";
      button.append(element("span", `dot ${style}`), ` ${words} `, element("span", "count", String(count)));
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => set({ node: "", tie: "", hops: 0, group: button.ariaPressed === "true" ? "" : id }));
      this.buttons.set(id, button);
      item.append(button);
      place.append(item);
    };
    picture.communities.slice(0, GROUPS).forEach((n, community) => {
      const largest = picture.things[n]!;
      add(`group-${community + 1}`, short(largest), sizes.get(community) ?? 0, largest.id);
    });
    const others = picture.communities.length - GROUPS;
    if (others > 0) place.append(element("li", "hint", `and ${counted(others, "smaller group")}, in grey`));
  }

  show(state: State): void {
    for (const [id, button] of this.buttons) button.setAttribute("aria-pressed", String(id === state.group));
  }
}
