import { byId, cellPage, chart, count, el, follow, getJson, logName, runPage, seconds, signed, time } from './shared.js';

const SIZE = 50;
const form = byId('filters');
const body = byId('runs').tBodies[0];
let page = 1;
let total = 0;
let shown = -1;
let asked = 0;
let shops = [];
const opened = new Set();

function remarks(run) {
  const parts = [];
  if (run.anomalies) parts.push(`${run.anomalies} ${run.anomalies === 1 ? 'anomaly' : 'anomalies'}`);
  if (run.cells_clamped) parts.push(`${run.cells_clamped} ${run.cells_clamped === 1 ? 'cell' : 'cells'} at the clamp`);
  if (run.code) parts.push(run.code);
  if (run.line) parts.push(`line ${run.line}`);
  if (run.column) parts.push(`column ${run.column}`);
  if (run.message && !run.code) parts.push(run.message);
  return [el('span', {}, parts.join('; ')), run.hint ? el('div', {}, run.hint) : null,
    run.message && run.code ? more(run) : null];
}

function more(run) {
  const key = `${run.shop}/${run.run_id}`;
  const details = el('details', { open: opened.has(key) }, el('summary', {}, 'Why'), run.message);
  details.addEventListener('toggle', () => { details.open ? opened.add(key) : opened.delete(key); });
  return details;
}

function row(run) {
  const name = logName(run);
  const hasPage = run.state === 'done' || run.state === 'failed';
  const started = time(run.started_ms);
  return el('tr', { 'data-run': `${run.shop}/${run.run_id}` },
    el('td', { 'data-label': 'Log' }, hasPage ? el('a', { href: runPage(run.shop, run.run_id) }, name) : name,
      el('div', { class: 'quiet' }, started)),
    el('td', { 'data-label': 'Shop / cell' }, `${run.shop} / `, run.cell ? el('a', { href: cellPage(run.shop, run.cell) }, run.cell) : ''),
    el('td', { 'data-label': 'State' }, el('span', { class: `state state-${run.state}` }, run.state)),
    el('td', { class: 'n', 'data-label': 'Rows' }, run.rows ? count(run.rows) : ''),
    el('td', { class: 'n', 'data-label': 'Rows/s' }, count(run.rows_per_second)),
    el('td', { class: 'n', 'data-label': 'Drop to grids' }, seconds(run.elapsed_ms)),
    el('td', { class: 'n', 'data-label': 'Largest correction' }, run.largest_correction_pct === null ? '' : `${signed(run.largest_correction_pct)} %`),
    el('td', { class: 'n', 'data-label': 'Cells covered' }, run.state === 'done' ? `${run.cells_covered} of 55` : ''),
    el('td', { 'data-label': 'Remarks' }, remarks(run)));
}

function parameters() {
  const values = new URLSearchParams();
  for (const name of ['q', 'shop', 'cell', 'state']) {
    const value = form.elements[name].value.trim();
    if (value) values.set(name, value);
  }
  if (page > 1) values.set('page', page);
  return values;
}

async function load() {
  const mine = ++asked;
  const values = parameters();
  history.replaceState(null, '', values.size ? `?${values}` : location.pathname);
  values.set('size', SIZE);
  try {
    const answer = await getJson(`/api/v1/runs?${values}`);
    if (mine !== asked) return;
    total = answer.total;
    shown = answer.version;
    const focused = document.activeElement?.closest?.('tr')?.dataset.run;
    body.replaceChildren(...answer.runs.map(row));
    if (focused) [...body.rows].find(r => r.dataset.run === focused)?.querySelector('a')?.focus();
    const first = (page - 1) * SIZE + 1;
    byId('where').textContent = total
      ? `${count(first)} to ${count(Math.min(total, first + SIZE - 1))} of ${count(total)}` : 'no runs';
    byId('newer').disabled = page === 1;
    byId('older').disabled = page * SIZE >= total;
  } catch (failed) {
    byId('where').textContent = `The runs could not be loaded: ${failed.message}`;
  }
}

function fill(select, names) {
  const chosen = select.value;
  const all = new Set(names);
  if (chosen) all.add(chosen);
  select.replaceChildren(el('option', { value: '' }, 'all'), ...[...all].sort().map(name => el('option', { value: name }, name)));
  select.value = chosen;
}

function cells() {
  const shop = form.elements.shop.value;
  fill(form.elements.cell, shops.filter(s => !shop || s.shop === shop).flatMap(s => s.cells.map(c => c.cell)).filter(Boolean));
}

function onBoard(board) {
  const states = board.states;
  byId('counts').textContent = `${count(states.in_flight)} in flight, ${count(states.done)} done, `
    + `${count(states.failed)} failed, ${count(states.rejected)} rejected`;
  shops = board.shops;
  fill(form.elements.shop, shops.map(s => s.shop));
  cells();
  byId('charts').replaceChildren(
    chart('Rows folded, last two minutes', 'rows/s', [{ values: board.throughput.rows }]),
    chart('Runs finished, last two minutes', 'runs/s', [{ values: board.throughput.runs }]));
  if (board.version !== shown) load();
}

function start() {
  const given = new URLSearchParams(location.search);
  for (const name of ['q', 'shop', 'cell', 'state']) {
    const value = given.get(name) ?? '';
    const field = form.elements[name];
    if (value && field.tagName === 'SELECT' && ![...field.options].some(o => o.value === value)) {
      field.append(el('option', { value }, value));
    }
    field.value = value;
  }
  page = Math.max(1, Number.parseInt(given.get('page') ?? '1', 10) || 1);
  let pause;
  const again = () => { page = 1; cells(); load(); };
  form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(again, 200); });
  form.addEventListener('reset', () => setTimeout(again));
  form.addEventListener('submit', event => { event.preventDefault(); again(); });
  byId('newer').addEventListener('click', () => { page = Math.max(1, page - 1); load(); });
  byId('older').addEventListener('click', () => { page++; load(); });
  load();
  follow(onBoard, up => { byId('link').textContent = up ? 'live' : 'not connected; trying again'; });
}

start();
