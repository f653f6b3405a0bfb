/**
 * Diagrams as pictures. The places of boxes are computed by dagre, which is loaded when the first picture is drawn.
 *
 * @module
 */
import type { Box, BoxKind, Diagram, Direction, Frame } from "./diagram.ts";

const FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const FONT_SIZE = 12;
/** The width of a character of the font, which is the same for all. */
const CHARACTER = 7.3;
const LINE = 17;
const PADDING = 12;
/** The height of a frame's title. */
const FRAME_TITLE = 20;
const MARGIN = 16;
/** The distance that the line of a loop reaches. */
const LOOP = 18;

/** The line and the paper of boxes. */
const COLORS: { readonly [kind in BoxKind]: readonly [string, string] } = {
  input: ["#2f7d4f", "#e9f6ee"],
  layer: ["#2f5d9e", "#eaf1fb"],
  model: ["#7a4fa3", "#f4edfb"],
  op: ["#8a6d1f", "#fbf5e3"],
};

/** A place. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place and a size; the place is the middle. */
interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** The part of dagre that is used. */
interface Layout {
  readonly Graph: new (options: { readonly compound: boolean }) => LayoutGraph;
  layout(graph: LayoutGraph): unknown;
}

interface LayoutGraph {
  setGraph(label: object): unknown;
  setDefaultEdgeLabel(label: () => object): unknown;
  setNode(id: string, label: object): unknown;
  setParent(id: string, parent: string): unknown;
  setEdge(from: string, to: string, label?: object): unknown;
  graph(): unknown;
  node(id: string): unknown;
  edge(from: string, to: string): unknown;
}

/** A diagram as an SVG picture. */
export async function svgOf(diagram: Diagram, direction: Direction): Promise<string> {
  const dagre = await import("@dagrejs/dagre") as unknown as Layout;
  const graph = new dagre.Graph({ compound: true });
  graph.setGraph({ rankdir: direction, nodesep: 28, ranksep: 34, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, title } of diagram.frames) graph.setNode(id, { width: widthOf([title]), height: FRAME_TITLE });
  for (const { id, lines } of diagram.boxes) {
    graph.setNode(id, { width: widthOf(lines), height: lines.length * LINE + PADDING });
  }
  for (const { id, frame } of [...diagram.frames, ...diagram.boxes]) {
    if (frame !== undefined) graph.setParent(id, frame);
  }
  for (const [from, to] of diagram.arrows) if (from !== to) graph.setEdge(from, to);
  dagre.layout(graph);
  const frames = diagram.frames.map((frame) => drawFrame(frame, graph.node(frame.id) as Area));
  const arrows = diagram.arrows.map(([from, to]) => {
    if (from === to) return drawLoop(graph.node(from) as Area);
    return drawArrow((graph.edge(from, to) as { readonly points: readonly Point[] }).points);
  });
  const boxes = diagram.boxes.map((box) => drawBox(box, graph.node(box.id) as Area));
  const { width, height } = graph.graph() as { readonly width: number; readonly height: number };
  // The title of a frame stands above it, where the layout knows of nothing.
  const top = diagram.frames.length > 0 ? FRAME_TITLE : 0;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height + top)}" ` +
    `viewBox="0 ${-top} ${round(width)} ${
      round(height + top)
    }" role="img" font-family="${FONT}" font-size="${FONT_SIZE}">`,
    `<title>${escapeXml(diagram.name)}</title>`,
    '<defs><marker id="strata-arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" ' +
    'orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="#667"/></marker></defs>',
    ...frames,
    ...arrows,
    ...boxes,
    "</svg>",
  ].join("\n");
}

function widthOf(lines: readonly string[]): number {
  return Math.max(...lines.map(({ length }) => length)) * CHARACTER + 2 * PADDING;
}

function drawBox({ lines, kind }: Box, { x, y, width, height }: Area): string {
  const [line, paper] = COLORS[kind];
  const radius = kind === "input" || kind === "op" ? height / 2 : 5;
  const texts = lines.map((text, index) => {
    const style = index === 0 ? 'font-weight="600" fill="#1c2430"' : 'fill="#4a5668"';
    const baseline = y + (index - (lines.length - 1) / 2) * LINE;
    return `<text x="${round(x)}" y="${round(baseline)}" text-anchor="middle" dominant-baseline="central" ${style}>${
      escapeXml(text)
    }</text>`;
  });
  return `<g><rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" ` +
    `height="${round(height)}" rx="${round(radius)}" fill="${paper}" stroke="${line}"/>${texts.join("")}</g>`;
}

function drawFrame({ title }: Frame, { x, y, width, height }: Area): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return `<g><rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="8" ` +
    `fill="#7a4fa3" fill-opacity="0.05" stroke="#7a4fa3" stroke-dasharray="5 3"/>` +
    `<text x="${round(left + 6)}" y="${round(top - 5)}" fill="#7a4fa3">${escapeXml(title)}</text></g>`;
}

/** A line through the points, round at those in between. */
function drawArrow(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const [first, ...rest] = points;
  const last = rest.at(-1)!;
  const curves = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1]!;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  const path = curves.length === 0 ? `L${at(last)}` : curves.join(" ");
  return `<path d="M${at(first!)} ${path}" fill="none" stroke="#667" marker-end="url(#strata-arrow)"/>`;
}

/** A line from the right side of a box back to it, for a layer that reads what it gave itself. */
function drawLoop({ x, y, width }: Area): string {
  const right = x + width / 2;
  const at = (dx: number, dy: number) => `${round(right + dx)} ${round(y + dy)}`;
  return `<path d="M${at(0, -6)} C${at(LOOP, -12)} ${at(LOOP, 12)} ${at(1, 6)}" fill="none" stroke="#667" ` +
    'marker-end="url(#strata-arrow)"/>';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text inside XML or HTML, also inside quotes; what XML has no place for is left out. */
export function escapeXml(text: string): string {
  const codes: { readonly [character: string]: string } = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
  return text
    // deno-lint-ignore no-control-regex -- they are what is left out
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll(/[&<>"']/g, (character) => `&${codes[character]};`);
}
