// How the SPARQL editor looks: in the page's own colours, which follow the reader's choice of light or dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const frame = EditorView.theme(
  {
    "&": { color: "var(--ink)", backgroundColor: "var(--paper)" },
    ".cm-content": { caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--side)", borderRight: "1px solid var(--rule)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--rule)" },
    ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--side)", border: "1px solid var(--rule)" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--paper)", backgroundColor: "var(--accent)" },
  },
  { dark: matchMedia("(prefers-color-scheme: dark)").matches },
);

const words = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "bold" },
  { tag: [tags.string, tags.number, tags.bool, tags.literal], color: "var(--due)" },
  { tag: [tags.namespace, tags.url, tags.variableName, tags.propertyName], color: "var(--entity)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);

export const colours = [frame, syntaxHighlighting(words)];
