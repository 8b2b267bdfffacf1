import uPlot from "uplot";
import { html } from "../../../compiler/emit/html/page/elements.js";
import { colorOf } from "./colorOf.js";
import { type Against, type Curve, curveOf, type Quantity, smoothed } from "./curves.js";
import type { Run } from "./run.js";
import { digits, duration, ticks } from "./words.js";

/** How charts are drawn. */
export interface View {
  readonly against: Against;
  readonly smoothing: number;
  readonly isLog: boolean;
}

/** A run, and the number of its colour. */
export interface Colored {
  readonly run: Run;
  readonly color: number;
}

type Style = Pick<uPlot.Series, "label" | "stroke" | "width" | "dash" | "alpha" | "points">;

const height = 220;

/** What is drawn on a logarithmic axis: uPlot's search for the ticks of one that begins below 1e-25 never ends. */
const leastOfLog = 1e-24;

/** One quantity of all runs that are shown. */
export class Chart {
  readonly element: HTMLElement;
  readonly #quantity: Quantity;
  readonly #values = html("p", { class: "values" });
  readonly #box = html("div", { class: "plot" });
  #plot: uPlot | undefined;
  /** What it was made for: made anew where that differs. */
  #shape = "";

  constructor(quantity: Quantity) {
    this.#quantity = quantity;
    const { id, title, unit } = quantity;
    const heading = html("h2", { id: `${id}-title` }, title, ...(unit ? [html("small", {}, ` ${unit}`)] : []));
    this.#box.setAttribute("role", "img");
    this.element = html("figure", { id, "aria-labelledby": `${id}-title` }, heading, this.#values, this.#box);
    new ResizeObserver(() => this.#plot?.setSize(this.#size)).observe(this.#box);
  }

  get #size() {
    return { width: Math.max(200, this.#box.clientWidth), height };
  }

  draw(runs: readonly Colored[], view: View): void {
    // Of one run, its name says nothing.
    const curves = runs.flatMap((colored) => this.#curvesOf(colored, view, runs.length > 1));
    const shown = curves.filter(({ curve }) => curve.xs.length > 0);
    this.element.hidden = shown.length === 0;
    if (shown.length === 0) return;
    const tables = shown.map(
      ({ curve: { xs, ys } }): uPlot.AlignedData => [
        [...xs],
        view.isLog ? ys.map((y) => (y !== null && y >= leastOfLog ? y : null)) : [...ys],
      ],
    );
    // Joined, each has nothing where another has a point.
    const data = uPlot.join(tables);
    const shape = JSON.stringify([view, shown.map(({ style }) => [style.label, style.width]), themeOf()]);
    if (this.#plot && shape === this.#shape) this.#plot.setData(data);
    else this.#make(data, view, shown, shape);
    this.#box.setAttribute("aria-label", `${this.#quantity.title}: ${this.#latest(shown)}`);
    this.#values.textContent = this.#latest(shown);
  }

  #make(data: uPlot.AlignedData, view: View, shown: readonly Drawn[], shape: string): void {
    this.#plot?.destroy();
    this.#shape = shape;
    const ink = colorOf("--muted");
    const grid = { stroke: colorOf("--border"), width: 1 };
    const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
    const isTime = view.against === "seconds";
    this.#plot = new uPlot(
      {
        ...this.#size,
        legend: { show: false },
        scales: { x: { time: false }, y: { distr: view.isLog ? 3 : 1 } },
        axes: [
          {
            ...axis,
            space: 60,
            values: (_, splits) => splits.map((split) => (isTime ? duration(split) : digits(split))),
          },
          { ...axis, size: 64, values: (_, splits) => ticks(splits) },
        ],
        series: [{}, ...shown.map(({ style }) => ({ ...style, spanGaps: true }))],
        hooks: { setCursor: [(plot) => this.#tell(plot, view, shown)] },
      },
      data,
      this.#box,
    );
  }

  /** What is under the pointer; what came last where there is none. */
  #tell(plot: uPlot, view: View, shown: readonly Drawn[]): void {
    const { idx } = plot.cursor;
    if (idx === null || idx === undefined) {
      this.#values.textContent = this.#latest(shown);
      return;
    }
    const x = plot.data[0][idx]!;
    const place = view.against === "seconds" ? duration(x) : `${view.against} ${digits(x)}`;
    const values = shown.flatMap(({ style, isFaint }, i) => {
      const value = plot.data[i + 1]![idx];
      return isFaint || value === null || value === undefined ? [] : [said(style, value)];
    });
    this.#values.textContent = [place, ...values].join(" · ");
  }

  #latest(shown: readonly Drawn[]): string {
    const values = shown.flatMap(({ isFaint, style, curve }) =>
      isFaint
        ? []
        : [
            said(
              style,
              curve.ys.findLast((y) => y !== null),
            ),
          ],
    );
    return values.join(" · ");
  }

  #curvesOf({ run, color }: Colored, { against, smoothing }: View, isNamed: boolean): Drawn[] {
    const { ofSteps, ofEpoch, ofValidation, title } = this.#quantity;
    const stroke = colorOf(`--run-${color}`);
    const points = (show: boolean) => ({ show, size: 6, stroke, fill: stroke });
    const raw = curveOf(run.steps, against, ofSteps);
    // Runs of so few seconds that they have hardly any steps have epochs.
    const isShort = raw.xs.length < 2 && ofEpoch !== undefined;
    const trained = isShort ? curveOf(run.epochs, against, ofEpoch) : raw;
    const isSmoothed = smoothing > 0 && ofEpoch !== undefined && !isShort;
    const labelOf = (...words: string[]) => [...(isNamed ? [run.name] : []), ...words].join(" ");
    const faint: Drawn = {
      style: { label: labelOf(), stroke, width: 1, alpha: 0.3, points: points(false) },
      curve: raw,
      isFaint: true,
    };
    const line: Drawn = {
      style: {
        label: isSmoothed ? labelOf("smoothed") : labelOf(),
        stroke,
        width: 2,
        points: points(trained.xs.length < 2),
      },
      curve: isSmoothed ? smoothed(trained, smoothing) : trained,
      isFaint: false,
    };
    const held: Drawn = {
      style: { label: labelOf(`val_${title}`), stroke, width: 2.5, dash: [6, 4], points: points(true) },
      curve: ofValidation ? curveOf(run.epochs, against, ofValidation) : { xs: [], ys: [] },
      isFaint: false,
    };
    return [...(isSmoothed ? [faint] : []), line, held];
  }
}

interface Drawn {
  readonly style: Style;
  readonly curve: Curve;
  /** The values themselves, where their mean is drawn over them. */
  readonly isFaint: boolean;
}

/** What a curve is called, if anything, with a value of it. */
function said({ label }: Style, value: unknown): string {
  return label ? `${label} ${digits(value)}` : digits(value);
}

/** Changes with the colours. */
function themeOf(): string {
  return colorOf("--text");
}
