// The SPARQL page: an editor with highlighting and names to complete, the answer as a table, and its file.

import { acceptCompletion, autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { sparql } from "codemirror-lang-sparql";
import { colours } from "./editing";
import { element } from "./element";

interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
  "xml:lang"?: string;
  datatype?: string;
}
interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

const MOST = 1000;
const form = document.querySelector<HTMLFormElement>("form.sparql")!;
const area = form.querySelector("textarea")!;
const output = document.getElementById("answer")!;
const prefixes = JSON.parse(form.dataset.prefixes ?? "{}") as Record<string, string>;
const terms = JSON.parse(form.dataset.terms ?? "[]") as { name: string; about: string }[];
const base = form.dataset.base ?? "";

const view = new EditorView({
  parent: form.querySelector<HTMLElement>(".editor")!,
  state: EditorState.create({
    doc: decodeURIComponent(location.hash.slice(1)) || area.value,
    extensions: [
      EditorView.cspNonce.of(form.dataset.nonce ?? ""),
      keymap.of([{ key: "Mod-Enter", run: () => (void ask(), true) }, { key: "Tab", run: acceptCompletion }, indentWithTab]),
      basicSetup,
      sparql(),
      colours,
      autocompletion({ override: [complete] }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query" }),
    ],
  }),
});
area.hidden = true;
area.required = false;

function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const names = Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace" }));
  return { from: word.from, options: [...terms.map(({ name, about }) => ({ label: name, info: about, type: "property" })), ...names] };
}

async function ask(): Promise<void> {
  const query = view.state.doc.toString();
  history.replaceState(null, "", `#${encodeURIComponent(query)}`);
  output.replaceChildren(element("p", "faint", "Asking …"));
  const started = performance.now();
  try {
    const accept = "application/sparql-results+json, text/turtle;q=0.9, text/plain;q=0.1";
    const answer = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query }), headers: { Accept: accept } });
    const kind = answer.headers.get("content-type") ?? "";
    const time = `${Math.round(performance.now() - started)} ms`;
    if (!answer.ok) output.replaceChildren(element("p", "wrong", await answer.text()));
    else if (kind.startsWith("application/sparql-results+json")) showResults((await answer.json()) as Results, time);
    else output.replaceChildren(element("p", "faint", time), element("pre", "", await answer.text()));
  } catch {
    output.replaceChildren(element("p", "wrong", "The server does not answer."));
  }
  output.focus();
}

function showResults(results: Results, time: string): void {
  if (results.boolean !== undefined) {
    output.replaceChildren(element("p", "", results.boolean ? "Yes." : "No."), element("p", "faint", time));
    return;
  }
  const columns = results.head.vars ?? [];
  const rows = results.results?.bindings ?? [];
  const table = element("table");
  const head = element("tr");
  head.append(...columns.map((name) => element("th", "", name)));
  table.append(element("thead"), element("tbody"));
  table.tHead!.append(head);
  for (const row of rows.slice(0, MOST)) {
    const line = element("tr");
    line.append(...columns.map((name) => cell(row[name])));
    table.tBodies[0]!.append(line);
  }
  const more = rows.length > MOST ? `, the first ${MOST} of them here` : "";
  const wide = element("div", "wide");
  wide.append(table);
  output.replaceChildren(element("p", "faint", `${rows.length} rows${more}, ${time}`), wide);
}

function cell(term: Term | undefined): HTMLTableCellElement {
  const made = element("td");
  if (!term) return made;
  if (term.type === "uri" && term.value.startsWith(base) && !term.value.includes("ontology#")) {
    const link = element("a", "", decodeURIComponent(term.value.slice(base.length)));
    link.href = `/${term.value.slice(base.length)}`;
    made.append(link);
  } else {
    made.textContent = term.value;
    if (term["xml:lang"]) made.append(element("span", "faint", ` @${term["xml:lang"]}`));
  }
  return made;
}

form.addEventListener("submit", (event) => {
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  area.value = view.state.doc.toString();
  if (button?.name === "format") return; // the browser sends the form, and saves the answer
  event.preventDefault();
  void ask();
});
document.body.dataset.ready = "true";
