// Elements by their name, class and words.

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, style = "", words = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (style) made.className = style;
  if (words) made.textContent = words;
  return made;
}
