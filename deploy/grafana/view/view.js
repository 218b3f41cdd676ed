// Draws a dashboard of ../dashboards from its own JSON, by Prometheus' HTTP API. What Grafana does with it and this page
// needs not: variables other than $instance (all) and $__rate_interval, mappings, overrides, zooming.
// ?dashboard=overview&prometheus=http://127.0.0.1:9090&minutes=15&rate=20s
import { drawGraph, drawStat } from "./draw.js";

const query = new URLSearchParams(location.search);
const prometheus = query.get("prometheus") ?? "http://127.0.0.1:9090";
const minutes = Number(query.get("minutes") ?? 15);
const end = Number(query.get("end") ?? Date.now() / 1000);
const step = Math.max(1, Math.round((minutes * 60) / 240));

async function series(target) {
  const expression = target.expr
    .replaceAll("$__rate_interval", query.get("rate") ?? "20s")
    .replaceAll("$instance", ".+");
  const range = new URLSearchParams({ query: expression, start: end - minutes * 60, end, step });
  const answer = await (await fetch(`${prometheus}/api/v1/query_range?${range}`)).json();
  if (answer.status !== "success") throw new Error(answer.error);
  return answer.data.result.map(({ metric, values }) => ({
    name: named(target.legendFormat ?? "", metric),
    points: values.map(([time, value]) => [time, Number(value)]),
  }));
}

function named(format, labels) {
  return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? "");
}

function place(panel) {
  const element = document.createElement("section");
  const { x, y, w, h } = panel.gridPos;
  element.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
  element.title = panel.description ?? "";
  document.querySelector("main").append(element);
  return element;
}

async function show(panel) {
  const element = place(panel);
  if (panel.type === "row") {
    element.className = "row";
    element.textContent = panel.title;
    return;
  }
  const heading = document.createElement("h2");
  heading.textContent = panel.title;
  element.append(heading);
  try {
    const found = (await Promise.all(panel.targets.map(series))).flat();
    const draw = panel.type === "stat" ? drawStat : drawGraph;
    draw(element, panel.fieldConfig.defaults, found, [end - minutes * 60, end]);
  } catch (error) {
    heading.className = "fault";
    heading.textContent += `: ${error.message}`;
  }
}

const name = query.get("dashboard") ?? "overview";
const board = await (await fetch(`../dashboards/${encodeURIComponent(name)}.json`)).json();
const shown = [end - minutes * 60, end].map((time) => new Date(time * 1000).toISOString().slice(0, 19).replace("T", " "));
document.title = board.title;
document.querySelector("h1").textContent = board.title;
document.querySelector("header p").textContent = `${shown.join(" to ")} UTC`;
await Promise.all(board.panels.map(show));
document.body.dataset.ready = "true";
