// Which obligations fit the filters, and the ties that they make: from each bearer to each counterpart, with those behind it.

import type { Picture } from "./data";
import type { State } from "./state";

export interface Tie {
  source: number;
  target: number;
  duties: number[];
}

export interface Ties {
  /** Numbers of the obligations that fit. */
  duties: number[];
  /** From bearer to counterpart, by the ids of both. */
  owed: Map<string, Tie>;
  /** From who issues to who bears, of those who are set aside. */
  asked: Map<string, Tie>;
  /** The obligations that each thing bears, and that it is owed. */
  borne: number[][];
  due: number[][];
}

export function keyOf(picture: Picture, source: number, target: number): string {
  return `${picture.things[source]!.id} ${picture.things[target]!.id}`;
}

export function gather(picture: Picture, state: State): Ties {
  const { duties, things, lists } = picture;
  const wanted = (chosen: string[], list: string[] = []) => (chosen.length ? new Set(chosen.map((value) => list.indexOf(value))) : null);
  const [documents, acts, statuses, themes] = [
    wanted(state.documents, lists.document), wanted(state.acts, lists.act), wanted(state.statuses, lists.status), wanted(state.themes, lists.theme),
  ];
  const found: Ties = { duties: [], owed: new Map(), asked: new Map(), borne: things.map(() => []), due: things.map(() => []) };
  const add = (ties: Map<string, Tie>, source: number, target: number, duty: number) => {
    if (source === target || !fits(source) || !fits(target)) return;
    const key = keyOf(picture, source, target);
    const tie = ties.get(key);
    if (tie) tie.duties.push(duty);
    else ties.set(key, { source, target, duties: [duty] });
  };
  const fits = (n: number) => state.types.length === 0 || things[n]!.kind !== "actor" || state.types.includes(things[n]!.type);
  for (let n = 0; n < duties.id.length; n++) {
    if (documents && !documents.has(duties.document[n]!)) continue;
    if (acts && !acts.has(duties.act[n]!)) continue;
    if (statuses && !statuses.has(duties.status[n]!)) continue;
    if (themes && !duties.themes[n]!.some((theme) => themes.has(theme))) continue;
    if (duties.strength[n]! < state.min || duties.strength[n]! > state.max || !inTime(duties.days[n]!, state)) continue;
    found.duties.push(n);
    for (const bearer of duties.bearers[n]!) {
      found.borne[bearer]!.push(n);
      for (const counterpart of duties.counterparts[n]!) add(found.owed, bearer, counterpart, n);
      if (duties.issuer[n]! >= 0 && things[duties.issuer[n]!]!.aside) add(found.asked, duties.issuer[n]!, bearer, n);
    }
    for (const counterpart of duties.counterparts[n]!) found.due[counterpart]!.push(n);
  }
  return found;
}

function inTime(days: string, state: State): boolean {
  if (!state.from && !state.to) return true;
  const falls = (day: string) => day !== "" && (!state.from || day >= state.from) && (!state.to || day <= state.to);
  return days.split("|").some(falls);
}
