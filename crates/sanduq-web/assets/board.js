// Keeps the board up to date: each event of the live connection carries the board as it is now.
// Without this script the page asks for itself every twenty seconds.
const board = document.getElementById("board");
const state = document.getElementById("board-state");
const events = new EventSource(board.dataset.events);

events.addEventListener("board", (event) => {
  board.innerHTML = event.data;
  board.dataset.updates = String(Number(board.dataset.updates ?? 0) + 1);
  state.textContent = "";
});
events.addEventListener("error", () => {
  state.textContent = state.dataset.lost;
});
