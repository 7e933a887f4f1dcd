import { bar, big, byId, cellPage, chart, count, el, follow, getJson, logName, plural, query, runPage, say, seconds, share, signed, state, time } from './shared.js';

const SIZE = 50;
const CELLS = 55;
const SHORT = 80;
const form = byId('filters');
const body = byId('runs').tBodies[0];
let page = 1;
let shown = -1;
let requests = 0;
let loading = 0;
let latest = -1;
const opened = new Set();

function correction(run) {
  // The folder of a run that has just ended is read a moment later.
  if (run.state !== 'done' || run.clamp_pct === null) return '';
  const span = run.clamp_pct;
  const line = (name, delta, clamped) => el('div', { class: 'delta' }, el('span', { class: 'who' }, name), bar(delta ?? 0, span),
    el('span', { class: 'pct' }, delta === null ? '–' : `${signed(delta)} %`),
    clamped ? el('span', { class: 'mark', title: `${plural(clamped, 'cell')} cut by the clamp` }, `◆${clamped}`,
      el('span', { class: 'hidden' }, ' cut by the clamp')) : null);
  if (run.front.largest_pct === null && run.rear.largest_pct === null) {
    return line('both', run.largest_correction_pct, run.cells_clamped);
  }
  // Before the clamp, as on the run's page; folders of older versions may not record it.
  const largest = own => own.uncut?.pct ?? own.largest_pct;
  return [line('front', largest(run.front), run.front.clamped), line('rear', largest(run.rear), run.rear.clamped)];
}

/** Shows the covered cells; of front and rear if they differ, as when one has no wideband. */
function coverage(run) {
  const [front, rear] = [run.front.covered, run.rear.covered];
  return [front === rear ? el('span', {}, `${run.cells_covered} of ${CELLS}`)
    : el('span', { title: 'front / rear' }, `${front} / ${rear} of ${CELLS}`), share(Math.max(run.cells_covered, front, rear), CELLS)];
}

function remarks(run) {
  const parts = [];
  if (run.anomalies) parts.push(plural(run.anomalies, 'anomaly', 'anomalies'));
  if (run.code) parts.push(run.code);
  if (run.line) parts.push(`line ${run.line}`);
  if (run.column) parts.push(`column ${run.column}`);
  const short = run.message && !run.code && run.message.length <= SHORT;
  if (short) parts.push(run.message);
  if (run.state === 'duplicate' && run.duplicate_of) {
    return ['the same as ', el('a', { href: runPage(run.shop, run.duplicate_of) }, run.duplicate_of), ', which can be replayed'];
  }
  if (run.state === 'rejected') parts.push(el('a', { href: `/rejected#${encodeURIComponent(run.run_id)}` }, 'fix it'));
  return [parts.length ? el('span', {}, parts.flatMap((part, i) => i ? ['; ', part] : [part])) : null, run.hint ? el('div', { class: 'quiet' }, run.hint) : null,
    run.message && !short ? more(run) : null];
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
  const cell = (label, children, attributes = {}) => el('td', { role: 'cell', 'data-label': label, ...attributes }, children);
  return el('tr', { role: 'row', 'data-run': `${run.shop}/${run.run_id}` },
    cell('Log', [hasPage ? el('a', { href: runPage(run.shop, run.run_id), class: 'name' }, name) : el('span', { class: 'name' }, name),
      el('div', { class: 'quiet' }, time(run.started_ms))]),
    cell('Shop / cell', el('span', { class: 'place' }, `${run.shop} / `, run.cell ? el('a', { href: cellPage(run.shop, run.cell) }, run.cell) : '')),
    cell('State', state(run)),
    cell('Largest correction', correction(run)),
    cell('Coverage', run.state === 'done' ? coverage(run) : ''),
    cell('Rows', run.rows ? [count(run.rows), run.rows_per_second === null ? null
      : el('div', { class: 'quiet' }, `${count(run.rows_per_second)}/s`)] : '', { class: 'n' }),
    cell('Drop to grids', seconds(run.elapsed_ms), { class: 'n' }),
    cell('Remarks', remarks(run)));
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

const drawn = new WeakMap();
let pressed = false;
let postponed = null;

/** Shows the runs: unchanged rows stay, with their focus and selected text. Nothing moves under a pressed pointer. */
function draw(runs) {
  postponed = pressed ? runs : null;
  if (pressed) return;
  const known = new Map([...body.rows].map(old => [old.dataset.run, old]));
  const rows = runs.map(run => {
    const content = JSON.stringify([run, time(run.started_ms)]);
    const old = known.get(`${run.shop}/${run.run_id}`);
    if (old && drawn.get(old) === content) return old;
    const changed = row(run);
    drawn.set(changed, content);
    return changed;
  });
  const fields = 'a, summary';
  const focused = document.activeElement?.closest?.('#runs tbody tr');
  const at = focused ? [...focused.querySelectorAll(fields)].indexOf(document.activeElement) : -1;
  const staying = new Set(rows);
  for (const old of known.values()) if (!staying.has(old)) old.remove();
  let next = body.firstChild;
  for (const each of rows) {
    if (each === next) next = next.nextSibling;
    else body.insertBefore(each, next);
  }
  if (at >= 0 && !focused.isConnected) {
    [...body.rows].find(r => r.dataset.run === focused.dataset.run)?.querySelectorAll(fields)[at]?.focus();
  }
}

function watchPointer() {
  byId('runs').addEventListener('pointerdown', () => { pressed = true; });
  // The click comes after the release, and before the timer.
  const released = () => setTimeout(() => {
    pressed = false;
    if (postponed) draw(postponed);
  });
  for (const end of ['pointerup', 'pointercancel', 'blur']) addEventListener(end, released);
}

/** Shows what is for operators alone, and the way out of a session. */
function showCaller({ shop, credential }) {
  for (const link of document.querySelectorAll('.operate')) link.hidden = Boolean(shop);
  byId('sign-out').hidden = !credential || credential.startsWith('token ');
}

async function load() {
  const request = ++requests;
  const values = parameters();
  const filtered = [...values.keys()].some(name => name !== 'page');
  const shownAs = new URLSearchParams([...values, ...(big ? [['big', '']] : [])]);
  history.replaceState(null, '', query(shownAs) || location.pathname);
  values.set('size', SIZE);
  loading++;
  try {
    const answer = await getJson(`/api/v1/runs?${values}`);
    if (request !== requests) return;
    shown = answer.version;
    draw(answer.runs);
    showCaller(answer.caller);
    fill(form.elements.shop, answer.shops);
    fill(form.elements.cell, answer.cells);
    showPressedTile();
    const first = (page - 1) * SIZE + 1;
    byId('none').hidden = answer.total > 0;
    say(byId('none'), filtered ? 'No run matches.' : 'No runs yet. Drop a log into the drop folder and watch it here.');
    say(byId('where'), answer.total
      ? `${count(first)} to ${count(Math.min(answer.total, first + SIZE - 1))} of ${answer.total_exact ? '' : 'more than '}${count(answer.total)}`
      : 'no runs');
    byId('newer').disabled = page === 1;
    byId('older').disabled = page * SIZE >= answer.total;
  } catch (failed) {
    say(byId('where'), `The runs could not be loaded: ${failed.message}`);
    return;
  } finally {
    loading--;
  }
  catchUp();
}

/** Loads again if the board changed during a request. */
function catchUp() {
  if (!loading && latest >= 0 && latest !== shown) load();
}

function fill(select, names) {
  const chosen = select.value;
  const all = new Set(names);
  if (chosen) all.add(chosen);
  const sorted = ['', ...[...all].sort()];
  if (sorted.join('\n') === [...select.options].map(o => o.value).join('\n')) return;
  select.replaceChildren(...sorted.map(name => el('option', { value: name }, name || 'all')));
  select.value = chosen;
}

const tiles = [...document.querySelectorAll('.tile')];

function showPressedTile() {
  for (const tile of tiles) tile.setAttribute('aria-pressed', String(form.elements.state.value === tile.dataset.state));
}

let throughput = { rows: [], runs: [] };

/** Shows how busy the node is: in words, and as charts if they are unfolded. */
function drawThroughput() {
  say(byId('rate'), `${count(throughput.rows.at(-1) ?? 0)} rows/s, ${throughput.runs.at(-1) ?? 0} runs/s`);
  byId('charts').replaceChildren(...(byId('throughput').open ? [
    chart('Rows per second', 'rows/s', [{ values: throughput.rows }], { live: true }),
    chart('Runs finished', 'runs/s', [{ values: throughput.runs }], { live: true })] : []));
}

function onBoard(board) {
  const states = board.states;
  for (const tile of tiles) say(tile.querySelector('b'), count(states[tile.dataset.state]));
  say(byId('counts'), `${count(states.in_flight)} in flight, ${count(states.done)} done, `
    + `${count(states.failed)} failed, ${count(states.rejected)} rejected`);
  throughput = board.throughput;
  drawThroughput();
  byId('left').hidden = !states.left;
  if (states.left) {
    byId('left').replaceChildren(plural(states.left, 'file'), ' left in the drop folder: ', el('a', { href: '/rejected#left-title' }, 'see why'));
  }
  latest = board.version;
  catchUp();
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
  const again = () => { page = 1; load(); };
  form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(again, 200); });
  form.addEventListener('reset', () => setTimeout(again));
  form.addEventListener('submit', event => { event.preventDefault(); again(); });
  for (const tile of tiles) {
    tile.addEventListener('click', () => {
      const field = form.elements.state;
      field.value = field.value === tile.dataset.state ? '' : tile.dataset.state;
      again();
    });
  }
  const turnTo = async next => {
    page = Math.max(1, next);
    await load();
    scrollTo(0, 0);
  };
  byId('newer').addEventListener('click', () => turnTo(page - 1));
  byId('older').addEventListener('click', () => turnTo(page + 1));
  byId('throughput').addEventListener('toggle', drawThroughput);
  watchPointer();
  const area = byId('drop');
  area.addEventListener('toggle', async () => (await import('./actions.js')).dropArea(area.querySelector('div')), { once: true });
  document.addEventListener('dragenter', () => { area.open = true; });
  load();
  follow(onBoard);
}

start();
