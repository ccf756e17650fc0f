// The network on a canvas: sigma over graphology, and the picture as a file.

import { downloadAsImage } from "@sigma/export-image";
import { createNodeBorderProgram } from "@sigma/node-border";
import { NodeSquareProgram } from "@sigma/node-square";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";
import type { CameraState } from "sigma/types";
import type { EdgeData, Kind, NodeData, Picture } from "./data";
import type { Selection } from "./selecting";

const SHAPES: Record<Kind, string> = { actor: "circle", instrument: "square", obligation: "border", other: "circle" };
const STATEMENT_EDGES = new Set(["issues", "addressed_to", "counterpart", "cites"]);

/** With more edges than this, they are drawn when the picture stands still. */
const MANY = 2000;

/** With fewer nodes than this around the chosen one, all of them and their edges are named. */
const FEW = 14;
const Ring = createNodeBorderProgram({
  borders: [
    { size: { value: 0.45 }, color: { attribute: "borderColor" } },
    { size: { fill: true }, color: { attribute: "color" } },
  ],
});

export interface Colours {
  ink: string;
  paper: string;
  faded: string;
  kinds: Record<Kind, string>;
  edges: Record<string, string>;
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"),
    paper: of("paper"),
    faded: of("faded"),
    kinds: { actor: of("actor"), instrument: of("instrument"), obligation: of("obligation"), other: of("faded-ink") },
    edges: {
      issues: of("edge-issues"), addressed_to: of("edge-addressed"), counterpart: of("edge-counterpart"), cites: of("edge-cites"),
      owes: of("edge-addressed"), fact: of("edge-fact"),
    },
  };
}

export class Drawing {
  readonly graph = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private colours = colours();
  private selection: Selection = { nodes: new Set(), edges: new Set() };
  private chosen = -1;
  private near = new Set<number>();

  constructor(
    private readonly picture: Picture,
    container: HTMLElement,
    onNode: (n: number) => void,
    onEdge: (n: number) => void,
    onNothing: () => void,
  ) {
    const degrees = new Array<number>(picture.nodes.length).fill(0);
    for (const edge of picture.edges) {
      degrees[edge.source]!++;
      degrees[edge.target]!++;
    }
    picture.nodes.forEach((node, n) => {
      const size = node.kind === "obligation" ? 3.6 : 3.5 + 1.5 * Math.sqrt(degrees[n]!);
      this.graph.addNode(n, { x: node.x, y: node.y, size: Math.min(size, 24), label: short(node), type: SHAPES[node.kind] });
    });
    picture.edges.forEach((edge, n) => {
      this.graph.addEdgeWithKey(n, edge.source, edge.target, {
        size: Math.min(5, 0.6 + 0.35 * edge.strength + 0.8 * Math.log2(edge.weight)),
      });
    });
    this.sigma = new Sigma(this.graph, container, {
      defaultEdgeType: "arrow",
      defaultDrawNodeHover: (context, data, settings) => this.drawLabel(context, data, settings.labelSize),
      edgeProgramClasses: { arrow: EdgeArrowProgram },
      nodeProgramClasses: { square: NodeSquareProgram, border: Ring },
      defaultDrawNodeLabel: (context, data, settings) => this.drawLabel(context, data, settings.labelSize),
      labelFont: "system-ui, sans-serif",
      labelSize: 13,
      labelDensity: 0.6,
      labelRenderedSizeThreshold: 8,
      renderEdgeLabels: true,
      edgeLabelSize: 11,
      enableEdgeEvents: true,
      hideEdgesOnMove: picture.edges.length > MANY,
      hideLabelsOnMove: picture.edges.length > MANY,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      nodeReducer: (key, given) => this.showNode(Number(key), given),
      edgeReducer: (key, given) => this.showEdge(Number(key), given),
    });
    this.paint();
    this.sigma.on("clickNode", ({ node }) => onNode(Number(node)));
    this.sigma.on("clickEdge", ({ edge }) => onEdge(Number(edge)));
    this.sigma.on("clickStage", onNothing);
    this.allowDragging();
    new ResizeObserver(() => this.sigma.refresh()).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  show(selection: Selection, chosenNode: number, chosenEdge: number): void {
    this.selection = selection;
    this.chosen = chosenNode;
    this.near = new Set();
    if (chosenEdge >= 0) {
      const edge = this.picture.edges[chosenEdge]!;
      this.near.add(edge.source).add(edge.target);
    } else if (chosenNode >= 0) {
      this.near.add(chosenNode);
      for (const n of selection.edges) {
        const { source, target } = this.picture.edges[n]!;
        if (source === chosenNode) this.near.add(target);
        if (target === chosenNode) this.near.add(source);
      }
    }
    this.sigma.refresh();
  }

  /** Move the camera to a node. */
  visit(n: number): void {
    const place = this.sigma.getNodeDisplayData(String(n));
    if (!place) return;
    const camera = this.sigma.getCamera();
    this.move({ x: place.x, y: place.y, ratio: Math.min(camera.ratio, 0.45) }, 350);
  }

  zoom(by: number): void {
    const camera = this.sigma.getCamera();
    this.move({ ratio: camera.getBoundedRatio(camera.ratio * by) });
  }

  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    this.move({ x: camera.x + dx * camera.ratio, y: camera.y + dy * camera.ratio });
  }

  whole(): void {
    this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  async savePng(): Promise<void> {
    await downloadAsImage(this.sigma, { format: "png", fileName: "mandategraph", backgroundColor: this.colours.paper });
  }

  saveSvg(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.svg()], { type: "image/svg+xml" }));
    link.download = "mandategraph.svg";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** What is on the screen as SVG: the same places, sizes and colours. */
  svg(): string {
    const { width, height } = this.sigma.getDimensions();
    const at = (n: number) => this.sigma.graphToViewport(this.graph.getNodeAttributes(n) as { x: number; y: number });
    const lines = [...this.selection.edges].map((n) => {
      const edge = this.picture.edges[n]!;
      const [a, b] = [at(edge.source), at(edge.target)];
      const given = this.showEdge(n, this.graph.getEdgeAttributes(n));
      const radius = this.sigma.scaleSize(this.graph.getNodeAttribute(edge.target, "size") as number);
      const stop = Math.max(0, 1 - (radius + 2 * given.size) / (Math.hypot(b.x - a.x, b.y - a.y) || 1));
      const [x, y] = [a.x + (b.x - a.x) * stop, a.y + (b.y - a.y) * stop];
      const words = given.label ? `<text x="${f((a.x + b.x) / 2)}" y="${f((a.y + b.y) / 2)}" fill="${this.colours.ink}" font-size="11">${escape(given.label)}</text>` : "";
      return `<line x1="${f(a.x)}" y1="${f(a.y)}" x2="${f(x)}" y2="${f(y)}" stroke="${given.color}" stroke-width="${f(given.size)}" marker-end="url(#arrow)"/>${words}`;
    });
    const marks = [...this.selection.nodes].map((n) => {
      const { x, y } = at(n);
      const given = this.showNode(n, this.graph.getNodeAttributes(n));
      const r = this.sigma.scaleSize(given.size);
      const kind = this.picture.nodes[n]!.kind;
      const shape =
        kind === "instrument"
          ? `<rect x="${f(x - r)}" y="${f(y - r)}" width="${f(2 * r)}" height="${f(2 * r)}" fill="${given.color}"/>`
          : kind === "obligation"
            ? `<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${given.color}" stroke="${given.borderColor}" stroke-width="${f(r * 0.5)}"/>`
            : `<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${given.color}"/>`;
      const words = given.label && r >= 6 ? `<text x="${f(x + r + 3)}" y="${f(y + 4)}" fill="${this.colours.ink}">${escape(given.label)}</text>` : "";
      return shape + words;
    });
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">` +
      `<marker id="arrow" viewBox="0 0 4 4" refX="1" refY="2" markerWidth="4" markerHeight="4" orient="auto"><path d="M0 0L4 2L0 4z" fill="context-stroke"/></marker>` +
      `<rect width="100%" height="100%" fill="${this.colours.paper}"/>${lines.join("")}${marks.join("")}</svg>`
    );
  }

  private move(to: Partial<CameraState>, duration = 150): void {
    const camera = this.sigma.getCamera();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) camera.setState(to);
    else void camera.animate(to, { duration });
  }

  /** Write a label with a rim of the paper's colour, so that edges do not run through it. */
  private drawLabel(context: CanvasRenderingContext2D, data: { label?: string | null; x: number; y: number; size: number }, size: number): void {
    if (!data.label) return;
    context.font = `${size}px system-ui, sans-serif`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.colours.paper;
    context.strokeText(data.label, data.x + data.size + 3, data.y + size / 3);
    context.fillStyle = this.colours.ink;
    context.fillText(data.label, data.x + data.size + 3, data.y + size / 3);
  }

  private paint(): void {
    this.colours = colours();
    this.sigma.setSetting("labelColor", { color: this.colours.ink });
    this.sigma.setSetting("edgeLabelColor", { color: this.colours.ink });
    this.sigma.refresh();
  }

  private showNode(n: number, given: any): any {
    const node = this.picture.nodes[n]!;
    const dim = this.near.size > 0 && !this.near.has(n);
    return {
      ...given,
      hidden: !this.selection.nodes.has(n),
      color: node.kind === "obligation" ? this.colours.paper : dim ? this.colours.faded : this.colours.kinds[node.kind],
      borderColor: dim ? this.colours.faded : this.colours.kinds[node.kind],
      label: dim ? "" : given.label,
      forceLabel: n === this.chosen || (this.near.has(n) && this.near.size < FEW),
      highlighted: n === this.chosen,
      zIndex: dim ? 0 : 1,
    };
  }

  private showEdge(n: number, given: any): any {
    const edge = this.picture.edges[n]!;
    const dim = this.near.size > 0 && !(this.near.has(edge.source) && this.near.has(edge.target));
    const named = !dim && this.near.size > 0 && this.near.size < FEW;
    return {
      ...given,
      hidden: !this.selection.edges.has(n),
      color: dim ? this.colours.faded : this.edgeColour(edge),
      label: named ? edge.label : "",
      forceLabel: named,
      zIndex: dim ? 0 : 1,
    };
  }

  private edgeColour(edge: EdgeData): string {
    return (STATEMENT_EDGES.has(edge.type) || edge.type === "owes" ? this.colours.edges[edge.type] : this.colours.edges.fact) ?? this.colours.ink;
  }

  private allowDragging(): void {
    let dragged: string | null = null;
    let moved = false;
    this.sigma.on("downNode", ({ node }) => {
      dragged = node;
      moved = false;
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox());
    });
    this.sigma.on("moveBody", ({ event }) => {
      if (dragged === null) return;
      const { x, y } = this.sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(dragged, { x, y });
      moved = true;
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      dragged = null;
    };
    this.sigma.on("upNode", drop);
    this.sigma.on("upStage", drop);
    this.sigma.on("clickNode", ({ preventSigmaDefault }) => moved && preventSigmaDefault());
  }
}

/** A name for the canvas: the acronym where there is one, else the label, cut. */
function short(node: NodeData): string {
  const id = decodeURIComponent(node.id.slice(node.id.lastIndexOf("/") + 1));
  if (node.kind === "actor" && /^[A-Z][A-Z0-9_-]{1,9}$/.test(id)) return id.replaceAll("_", "-");
  return node.label.length > 40 ? `${node.label.slice(0, 38).trimEnd()}…` : node.label;
}

function f(value: number): string {
  return value.toFixed(1);
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
}
