// Keeps the board up to date: each event of the live connection carries the board as it is now,
// and the marks of the stations are fetched and drawn anew. Without this script the page asks for
// itself every twenty seconds.
const board = document.getElementById("board");
const state = document.getElementById("board-state");
// Two beats of the server and a half.
const PATIENCE = 25_000;
let heard = Date.now();
let stations = new Uint8Array(0);
let places = new Uint16Array(0);

/** How large a mark is, and how far the next one: whole pixels, so that its shape stays sharp. */
const SIZES = [[21, 26], [12, 15], [6, 8], [6, 7], [3, 4], [3, 3], [2, 2]];
const fromRight = document.documentElement.dir === "rtl";
const wall = document.body.classList.contains("wall");

/** The sizes to try: on a wall the largest that fits without scrolling, elsewhere one by number. */
function sizes(count) {
  const room = innerWidth * innerHeight;
  if (wall) return SIZES.filter(([, pitch]) => pitch < 3 || count * pitch * pitch < room);
  if (count <= 1_000) return [SIZES[1]];
  if (count <= 6_000) return [SIZES[2]];
  return [count <= 20_000 ? SIZES[3] : SIZES[4]];
}

/** The nine dots of each condition in its colour, as the legend shows them. */
function shapes() {
  return [...board.querySelectorAll(".conditions li")].map((item) => {
    const [red, green, blue] = getComputedStyle(item.querySelector("svg")).color.match(/\d+/g).map(Number);
    const ink = (255 << 24) | (blue << 16) | (green << 8) | red;
    return [...item.dataset.shape].map((dot) => (dot === "x" ? ink : 0));
  });
}

/** Draws the stations of one province, from the side where one begins to read. */
function draw(canvas, marks, size, pitch) {
  const first = Number(canvas.dataset.first);
  const count = Number(canvas.dataset.stations);
  const columns = Math.max(1, Math.floor(canvas.parentElement.clientWidth / pitch));
  const width = columns * pitch;
  const height = Math.ceil(count / columns) * pitch;
  canvas.width = width;
  canvas.height = height;
  if (width * height === 0) return;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const dot = size / 3;
  for (let at = 0; at < count; at += 1) {
    const mark = marks[stations[first + at]];
    if (!mark) continue;
    const column = at % columns;
    const x = (fromRight ? columns - 1 - column : column) * pitch;
    const start = Math.floor(at / columns) * pitch * width + x;
    for (let y = 0; y < size; y += 1) {
      const row = Math.floor(y / dot) * 3;
      for (let step = 0; step < size; step += 1) {
        pixels[start + y * width + step] = mark[row + Math.floor(step / dot)];
      }
    }
  }
  context.putImageData(image, 0, 0);
}

/** The colour of each condition, as the legend shows it. */
function colours() {
  return [...board.querySelectorAll(".conditions li svg")].map((svg) => getComputedStyle(svg).color);
}

/** Parts of a unit of the map in which places are told, and what stands for none. */
const FINE = 16;
const NOWHERE = 0xffff;
/** What is drawn last lies on top: who waits for a person. */
const ORDER = [6, 4, 2, 0, 3, 1, 5];

/** Draws a dot for each station over the map, in its projection. */
function drawMap() {
  const canvas = board.querySelector(".map-stations");
  if (!canvas || places.length !== stations.length * 2) return;
  const svg = canvas.previousElementSibling;
  const inner = svg.getBoundingClientRect();
  const outer = canvas.parentElement.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  const sharp = devicePixelRatio || 1;
  canvas.width = Math.round(inner.width * sharp);
  canvas.height = Math.round(inner.height * sharp);
  for (const [side, length] of Object.entries({
    width: inner.width, height: inner.height, left: inner.left - outer.left, top: inner.top - outer.top,
  })) canvas.style[side] = `${length}px`;
  const scale = Math.min(canvas.width / view.width, canvas.height / view.height) / FINE;
  const across = (canvas.width - view.width * scale * FINE) / 2;
  const down = (canvas.height - view.height * scale * FINE) / 2;
  const size = Math.max(1, Math.round((stations.length > 20_000 ? 1.5 : stations.length > 2_000 ? 3 : 7) * sharp));
  const paper = canvas.getContext("2d");
  const paint = colours();
  let drawn = 0;
  for (const condition of ORDER) {
    paper.fillStyle = paint[condition];
    // Stations of one house stand side by side.
    let last = -1;
    let beside = 0;
    for (let at = 0; at < stations.length; at += 1) {
      const x = places[2 * at];
      const y = places[2 * at + 1];
      const own = x * 65_536 + y;
      beside = own === last ? beside + 1 : 0;
      last = own;
      if (stations[at] !== condition || x === NOWHERE) continue;
      const step = beside % 9;
      paper.fillRect(
        Math.round(across + x * scale + ((step % 3) - 1) * size - size / 2),
        Math.round(down + y * scale + (Math.floor(step / 3) - 1) * size - size / 2),
        size, size,
      );
      drawn += 1;
    }
  }
  canvas.dataset.drawn = drawn;
}

function drawAll() {
  const began = performance.now();
  const marks = shapes();
  for (const [size, pitch] of sizes(stations.length)) {
    for (const canvas of board.querySelectorAll(".provinces canvas")) {
      canvas.dataset.pitch = pitch;
      draw(canvas, marks, size, pitch);
    }
    if (document.documentElement.scrollHeight <= innerHeight) break;
  }
  drawMap();
  board.dataset.drawn = stations.length;
  board.dataset.drawing = performance.now() - began;
}

/** Takes the conditions of the stations; what has not changed is not sent again. */
async function fetchStations() {
  const answer = await fetch(board.dataset.stations, { cache: "no-cache" });
  if (!answer.ok) return;
  stations = new Uint8Array(await answer.arrayBuffer());
  if (places.length !== stations.length * 2 && board.querySelector(".map-stations")) {
    const where = await fetch(board.dataset.places, { cache: "no-cache" });
    // Two bytes a number, the smaller first, as every browser keeps them.
    if (where.ok) places = new Uint16Array(await where.arrayBuffer());
  }
  drawAll();
}

/** Says that the figures may be old, and from when they are. */
function lost() {
  const time = board.querySelector("time")?.textContent ?? "";
  state.textContent = `${state.dataset.lost} ${time}`;
}

/** Shows the board as it is now; whoever goes through it by keyboard stays where they are. */
function renew(markup) {
  const links = () => [...board.querySelectorAll("a")];
  const held = document.activeElement;
  const at = links().indexOf(held);
  board.innerHTML = markup;
  const same = links().find(({ href }) => href === held?.href);
  if (at >= 0) (same ?? links()[at])?.focus({ preventScroll: true });
}

function listen() {
  const events = new EventSource(board.dataset.events);
  events.addEventListener("board", (event) => {
    heard = Date.now();
    renew(event.data);
    board.dataset.updates = Number(board.dataset.updates ?? 0) + 1;
    state.textContent = "";
    drawAll();
    fetchStations().catch(lost);
  });
  events.addEventListener("pulse", (event) => {
    heard = Date.now();
    // The server lives; whether its figures are new it says itself.
    if (event.data === "stale") lost();
    else state.textContent = "";
  });
  events.addEventListener("error", () => {
    lost();
    // A server that said no is asked again; a broken line the browser mends by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5_000);
  });
}

/** A mark that is clicked opens its station. */
board.addEventListener("click", (event) => {
  const canvas = event.target;
  if (!(canvas instanceof HTMLCanvasElement) || wall) return;
  const pitch = Number(canvas.dataset.pitch);
  const columns = canvas.width / pitch;
  const seen = Math.floor(event.offsetX / pitch);
  const column = fromRight ? columns - 1 - seen : seen;
  const at = Math.floor(event.offsetY / pitch) * columns + column;
  if (column >= 0 && column < columns && at < canvas.dataset.stations) {
    location.assign(`/board/station/${Number(canvas.dataset.first) + at}`);
  }
});
addEventListener("resize", drawAll);
setInterval(() => {
  if (Date.now() - heard > PATIENCE) lost();
}, 1_000);
listen();
