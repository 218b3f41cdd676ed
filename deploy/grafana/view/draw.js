// A value, and a graph in SVG, after the panel's own settings: unit, decimals, stacking, limits, thresholds.
const COLOURS = ["#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#b877d9", "#8ab8ff", "#37872d", "#fade2a"];
const NAMED = { green: "#73bf69", orange: "#ff9830", red: "#f2495c", text: "#ccccdc" };
const SPACE = "http://www.w3.org/2000/svg";

export function drawStat(element, settings, found) {
  const last = found[0]?.points.at(-1)?.[1];
  const value = document.createElement("div");
  value.className = "value";
  value.textContent = last === undefined ? settings.noValue : text(last, settings.unit, settings.decimals);
  const steps = settings.thresholds?.steps ?? [];
  const step = steps.filter((one) => one.value === null || last >= one.value).at(-1);
  value.style.color = NAMED[settings.color?.fixedColor ?? step?.color] ?? NAMED.text;
  element.append(value);
}

export function drawGraph(element, settings, found, [from, to]) {
  const stacked = settings.custom?.stacking?.mode === "normal";
  const lines = stacked ? stack(found) : found.map((one) => ({ ...one, top: one.points }));
  const most = Math.max(0, ...lines.flatMap((line) => line.top.map(([, value]) => value).filter(Number.isFinite)));
  const high = settings.max ?? nice(most, settings.unit);
  const svg = append(element, "svg", { preserveAspectRatio: "none" });
  const { width, height } = svg.getBoundingClientRect();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const left = 56;
  const bottom = height - 16;
  const x = (time) => left + ((time - from) / (to - from)) * (width - left - 4);
  const y = (value) => bottom - (Math.min(value, high) / high) * (bottom - 6);
  axes(svg, settings, { x, y, left, width, bottom, high, from, to });
  // The topmost of a stack first: each covers the one above it down to its own top.
  const order = lines.map((line, index) => [line, COLOURS[index % COLOURS.length]]);
  for (const [line, colour] of stacked ? order.reverse() : order) {
    for (const run of runs(line.top)) {
      const path = run.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(" L");
      const area = `M${path} L${x(run.at(-1)[0]).toFixed(1)},${bottom} L${x(run[0][0]).toFixed(1)},${bottom} Z`;
      append(svg, "path", { d: area, fill: stacked ? "#181b1f" : "none" });
      append(svg, "path", { d: area, fill: colour, "fill-opacity": stacked ? 0.35 : 0.08 });
      append(svg, "path", { d: `M${path}`, fill: "none", stroke: colour, "stroke-width": 1.4 });
    }
  }
  legend(element, found);
}

function axes(svg, settings, { x, y, left, width, bottom, high, from, to }) {
  for (let part = 0; part <= 4; part++) {
    const at = y((high * part) / 4);
    append(svg, "path", { d: `M${left},${at} H${width - 4}`, stroke: "#2b2e35" });
    append(svg, "text", { x: left - 6, y: at + 3, "text-anchor": "end" }, text((high * part) / 4, settings.unit));
  }
  for (let part = 0; part <= 4; part++) {
    const time = from + ((to - from) * (part + 0.5)) / 5;
    const label = new Date(time * 1000).toISOString().slice(11, 19);
    append(svg, "text", { x: x(time), y: bottom + 13, "text-anchor": "middle" }, label);
  }
  const limit = settings.custom?.thresholdsStyle && settings.thresholds.steps.at(-1).value;
  if (limit && limit <= high) {
    append(svg, "path", { d: `M${left},${y(limit)} H${width - 4}`, stroke: NAMED.red, "stroke-dasharray": "6 4" });
  }
}

function stack(found) {
  const sums = new Map();
  return found.map((one) => ({
    ...one,
    top: one.points.map(([time, value]) => {
      sums.set(time, (sums.get(time) ?? 0) + value);
      return [time, sums.get(time)];
    }),
  }));
}

// Without the points that are no numbers, and broken where some are.
function runs(points) {
  const all = [[]];
  for (const point of points) {
    if (Number.isFinite(point[1])) all.at(-1).push(point);
    else if (all.at(-1).length > 0) all.push([]);
  }
  return all.filter((run) => run.length > 0);
}

function legend(element, found) {
  const list = document.createElement("div");
  list.className = "legend";
  found.forEach((one, index) => {
    const entry = document.createElement("span");
    const mark = document.createElement("i");
    mark.style.background = COLOURS[index % COLOURS.length];
    entry.append(mark, one.name);
    list.append(entry);
  });
  element.append(list);
}

function append(parent, name, attributes, content) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (content !== undefined) element.textContent = content;
  parent.append(element);
  return element;
}

// The end of an axis: a round number of the unit in which it is told; 1 if there is nothing but 0.
function nice(value, unit) {
  if (value === 0) return 1;
  const [by] = (SCALES[unit] ?? THOUSANDS).find(([least]) => value >= least) ?? [1];
  const power = 10 ** Math.floor(Math.log10(value / by));
  return by * power * ([1, 2, 4, 5, 8, 10].find((part) => part * power >= (value / by) * 1.02) ?? 20);
}

const THOUSANDS = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];
const BINARY = [[2 ** 30, " GiB"], [2 ** 20, " MiB"], [2 ** 10, " KiB"], [1, " B"]];
const SECONDS = [[3600, " h"], [60, " min"], [1, " s"], [1e-3, " ms"], [1e-6, " µs"]];
const SCALES = { s: SECONDS, bytes: BINARY, Bps: BINARY };

function text(value, unit, decimals) {
  if (!Number.isFinite(value)) return "–";
  if (unit === "percentunit") return `${number(value * 100, decimals)} %`;
  if (unit === "currencyUSD") return `$${number(value, decimals)}`;
  if (unit === "s") return scaled(value, SECONDS, decimals);
  if (unit === "bytes") return scaled(value, BINARY);
  if (unit === "Bps") return `${scaled(value, BINARY)}/s`;
  return scaled(value, THOUSANDS, value >= 1000 ? undefined : decimals) + (unit === "reqps" ? "/s" : "");
}

function scaled(value, scale, decimals) {
  const [by, name] = scale.find(([least]) => Math.abs(value) >= least) ?? (scale === THOUSANDS ? [1, ""] : [1, scale.find(([least]) => least === 1)[1]]);
  return number(value / by, decimals) + name;
}

function number(value, decimals) {
  return decimals === undefined ? String(Number(value.toPrecision(3))) : value.toFixed(decimals);
}
