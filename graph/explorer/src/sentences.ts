// The words of obligations: with the page where it is a file, asked for where it is served.

import type { Detail, Picture } from "./data";

/** The server answers for so many at once. */
const AT_ONCE = 20;

export class Sentences {
  private readonly known = new Map<number, Detail>();

  constructor(private readonly picture: Picture) {
    picture.details?.forEach((detail, n) => this.known.set(n, detail));
  }

  /** The words of some obligations, by number; those that the server does not give are left out. */
  async of(numbers: number[]): Promise<[number, Detail][]> {
    const missing = numbers.filter((n) => !this.known.has(n));
    for (let at = 0; at < missing.length; at += AT_ONCE) await this.ask(missing.slice(at, at + AT_ONCE));
    return numbers.flatMap((n) => (this.known.has(n) ? [[n, this.known.get(n)!] as [number, Detail]] : []));
  }

  private async ask(numbers: number[]): Promise<void> {
    const wanted = new Map(numbers.map((n) => [this.idOf(n), n]));
    const query = new URLSearchParams([...wanted.keys()].map((id) => ["statement", id]));
    try {
      const answer = await fetch(`/explorer.json?${query}`);
      if (!answer.ok) return;
      for (const detail of (await answer.json()) as (Detail & { id: string })[]) this.known.set(wanted.get(detail.id) ?? -1, detail);
    } catch {
      return; // the server is gone: the panel says so
    }
  }

  private idOf(n: number): string {
    const { duties, lists } = this.picture;
    const id = duties.id[n]!;
    return `${lists.document![duties.document[n]!]!}#${typeof id === "number" ? `statement-${id}` : id}`;
  }
}
