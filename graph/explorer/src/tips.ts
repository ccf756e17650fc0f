// What a mark of a chart stands for, beside it while it is pointed at or has the focus; without script its title says the same.

import { element } from "./element";

const MARKS = "svg.timeline a[aria-label]";
const AWAY = 12;

export function addTips(): void {
  const marks = [...document.querySelectorAll<SVGAElement>(MARKS)];
  if (marks.length === 0) return;
  const tip = element("div", "tip");
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the mark is named so already
  document.body.append(tip);
  const show = (mark: Element) => {
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const below = at.bottom + AWAY;
    tip.style.left = `${Math.max(AWAY, Math.min(at.left, innerWidth - width - AWAY))}px`;
    tip.style.top = `${below + height < innerHeight ? below : Math.max(AWAY, at.top - height - AWAY)}px`;
  };
  const hide = () => (tip.hidden = true);
  for (const mark of marks) {
    mark.querySelector("title")?.remove();
    mark.addEventListener("pointerenter", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("pointerleave", hide);
    mark.addEventListener("blur", hide);
  }
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
