// Shared by all pages. Text from a log is always inserted as text, never as markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export const byId = id => document.getElementById(id);

export async function getJson(address) {
  const response = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw Object.assign(new Error((await response.text()).trim() || `status ${response.status}`), { status: response.status });
  }
  return response.json();
}

export async function getText(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`);
  return response.text();
}

const whole = new Intl.NumberFormat('en');

export function count(value) {
  return value === null || value === undefined ? '' : whole.format(Math.round(value));
}

export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

export function signed(value, decimals = 2) {
  return value === null || value === undefined ? '' : (value > 0 ? '+' : '') + value.toFixed(decimals);
}

export function seconds(millis) {
  if (millis === null || millis === undefined) return '';
  return millis < 60000 ? `${(millis / 1000).toFixed(1)} s` : `${Math.floor(millis / 60000)} min ${Math.round(millis % 60000 / 1000)} s`;
}

/** Formats a time, without the date if it is today. */
export function time(millis) {
  if (!millis) return '';
  const at = new Date(millis);
  const clock = at.toLocaleTimeString('en-GB');
  return at.toDateString() === new Date().toDateString() ? clock : `${at.toLocaleDateString('sv')} ${clock}`;
}

/** Whether the page is shown large, for a screen two metres away. The address keeps it. */
export const big = new URLSearchParams(location.search).has('big');
const suffix = big ? '?big' : '';

/** Returns the query of an address, with "?big" without a value. */
export const query = values => values.size ? '?' + values.toString().replace(/(^|&)big=(?=&|$)/, '$1big') : '';

export const apiRun = (shop, id) => `/api/v1/runs/${encodeURIComponent(shop)}/${encodeURIComponent(id)}`;
export const runPage = (shop, id) => `/runs/${encodeURIComponent(shop)}/${encodeURIComponent(id)}${suffix}`;
export const cellPage = (shop, cell) => `/cells/${encodeURIComponent(shop)}/${encodeURIComponent(cell)}`;

export const apiRecipe = (recipe, run) => `/api/v1/recipes/${encodeURIComponent(recipe)}/${encodeURIComponent(run)}`;
export const recipePage = run => `/recipes/${encodeURIComponent(run.recipe)}/${encodeURIComponent(run.run)}`
  + (run.shop ? `?shop=${encodeURIComponent(run.shop)}` : '');

/** Returns the file name of a log. */
export const logName = run => (run.file || run.run_id).split(/[\\/]/).pop();

/** Returns the two ids in the address of this page, decoded. */
export function idsOfPage() {
  const parts = location.pathname.split('/');
  return [decodeURIComponent(parts[2] ?? ''), decodeURIComponent(parts[3] ?? '')];
}

/** Returns a cylinder's largest correction before the clamp; folders of older versions may not record it. */
export const uncut = (step, cylinder) => step[`${cylinder}_uncut_pct`] ?? step[`${cylinder}_largest_pct`];

/** Explains the sign of a correction; the replay version has it inverted and gets no text. */
export function explain(percent, mathVersion) {
  if (percent === null || percent === undefined || mathVersion === 'toolkit-1.2') return '';
  return percent > 0 ? 'lean: add fuel' : percent < 0 ? 'rich: take fuel out' : 'no change';
}

/** Shows the state of a run; one with thin data is not a plain "done". */
export const state = run => run.state === 'done' && run.thin_data
  ? el('span', { class: 'state state-thin' }, 'done, thin data') : el('span', { class: `state state-${run.state}` }, run.state);

const STEPS = 5;

/** Returns the class for a value's step on the colour scale; the last step begins at four fifths of the span. */
function shade(number, grid, span) {
  if (Number.isNaN(number)) return '';
  const value = grid.inverted ? -number : number;
  const step = Math.min(STEPS, Math.ceil(STEPS * Math.abs(value) / span));
  if (step === 0) return '';
  return grid.signed ? (value < 0 ? 'low' : 'high') + step : 's' + step;
}

const numbersOf = grid => grid.rows.flat().map(text => text === '' ? NaN : Number(text));

/** Returns the largest magnitude in the grids, the common scale of grids that are compared. */
export function spanOf(grids) {
  return Math.max(1e-9, ...grids.flatMap(numbersOf).filter(n => !Number.isNaN(n)).map(Math.abs));
}

const TRUST = { none: '', weak: 'weak: fewer than 10 samples', scattered: 'scattered: the rows spread widely', firm: 'firm' };

const hitsOf = (grid, r, c) => grid.unit === 'rows' ? null : grid.hits?.[r]?.[c];

/** Says what a cell rests on, besides its hits. */
function restsOn(grid, r, c, at, hits) {
  const before = grid.before_clamp?.[r]?.[c];
  return [grid.mad?.[r]?.[c] ? `spread ± ${grid.mad[r][c]} %` : '', hits ? TRUST[grid.trust?.[r]?.[c]] : '',
    before ? `before the clamp ${before} %` : at ? 'at the clamp, the value before it is not recorded' : '',
    grid.rank?.[r]?.[c] ? `ride next, band ${grid.rank[r][c]}` : ''].filter(text => text);
}

/** Shows the details of the cell under the pointer or the focus; arrow keys move through the cells. */
function explore(node, line) {
  const cells = [...node.querySelectorAll('td')];
  const wide = node.querySelectorAll('thead th').length - 1;
  const show = cell => { if (cell) line.textContent = `${cell.dataset.at}: ${cell.dataset.says}`; };
  cells[0]?.setAttribute('tabindex', '0');
  node.addEventListener('pointerover', event => show(event.target.closest('td')));
  node.addEventListener('focusin', event => show(event.target.closest('td')));
  node.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[event.key];
    const from = cells.indexOf(event.target);
    const next = cells[from + step];
    if (from < 0 || !step || !next || Math.abs(step) === 1 && next.parentNode !== event.target.parentNode) return;
    event.preventDefault();
    event.target.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  });
}

/** Draws a grid as a table with a line for the details of a cell. Colours only repeat what the texts say. */
export function heatMap(grid, axes, span = spanOf([grid])) {
  const numbers = numbersOf(grid);
  const clamped = new Set(grid.clamped ?? []);
  const side = grid.heading ?? (grid.cylinder || 'both cylinders');
  const trusted = grid.id.startsWith('delta');
  const body = grid.rows.map((row, r) => el('tr', {},
    el('th', { scope: 'row' }, axes.rpm[r]),
    row.map((text, c) => {
      const cell = r * axes.kpa.length + c;
      const hits = hitsOf(grid, r, c);
      const at = clamped.has(cell);
      const trust = trusted && text !== '' ? grid.trust?.[r]?.[c] : '';
      const rank = grid.rank?.[r]?.[c];
      const more = restsOn(grid, r, c, at, hits);
      return el('td', {
        class: [shade(numbers[cell], grid, span), at ? 'clamped' : '', trust === 'firm' ? '' : trust, rank ? 'ride' : ''].filter(name => name).join(' ') || null,
        'data-at': `${axes.rpm[r]} rpm, ${axes.kpa[c]} kPa`, 'data-says': [text === '' ? 'empty' : `${text} ${grid.unit}`, hits ? `${count(hits)} hits` : '', ...more].filter(part => part).join(', '), tabindex: '-1' },
        at ? el('span', { class: 'mark' }, '◆', el('span', { class: 'hidden' }, ' at the clamp ')) : null,
        el('span', { class: 'value' }, text),
        hits ? el('span', { class: 'hits' }, count(hits), el('span', { class: 'hidden' }, ' hits')) : null,
        rank ? el('span', { class: 'rank' }, `#${rank}`) : null,
        more.length ? el('span', { class: 'hidden' }, ` (${more.join(', ')})`) : null);
    })));
  const node = el('table', { class: 'heat', 'data-grid': grid.id },
    el('caption', {}, el('span', { class: 'hidden' }, `${grid.title}, `), `${side[0].toUpperCase()}${side.slice(1)} (${grid.unit})`),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'rpm \\ kPa'),
      axes.kpa.map(kpa => el('th', { scope: 'col' }, kpa)))),
    el('tbody', {}, body));
  const line = el('p', { class: 'cell-detail quiet' }, 'Point at a cell, or tab to the table and use the arrow keys.');
  explore(node, line);
  return [node, line];
}

/** Explains a colour scale by its ends: blue on the left, amber on the right. */
export function legend(grid, span, low, high, note = '') {
  const steps = [1, 2, 3, 4, 5];
  const box = name => el('i', { class: name });
  const number = span.toFixed(span < 100 ? 1 : 0);
  const [left, right] = grid.inverted ? ['+', '−'] : ['−', '+'];
  return el('p', { class: 'legend' }, grid.signed
    ? [el('span', {}, `${left}${number} ${low}`), el('span', { class: 'boxes', 'aria-hidden': 'true' },
      [...steps].reverse().map(n => box(`low${n}`)), box('zero'), steps.map(n => box(`high${n}`))),
    el('span', {}, `${high} ${right}${number}`)]
    : [el('span', {}, low), el('span', { class: 'boxes', 'aria-hidden': 'true' }, steps.map(n => box(`s${n}`))),
      el('span', {}, `${high} ${number}`)], note ? el('span', { class: 'note' }, note) : null);
}

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** Draws a correction as a bar to the left or right of zero. */
export function bar(percent, span) {
  const canvas = svg('svg', { viewBox: '-50 0 100 10', class: 'bar', 'aria-hidden': 'true' });
  const width = Math.min(50, 50 * Math.abs(percent) / span);
  canvas.append(svg('rect', { x: -50, y: 0, width: 100, height: 10, rx: 2, class: 'track' }),
    svg('rect', { x: percent < 0 ? -width : 0, y: 1, width, height: 8, class: percent < 0 ? 'less' : 'more' }),
    svg('line', { x1: 0, x2: 0, y1: 0, y2: 10 }));
  return canvas;
}

/** Draws a share of a whole. */
export function share(part, of) {
  const canvas = svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'share', 'aria-hidden': 'true' });
  canvas.append(svg('rect', { x: 0, y: 0, width: 100, height: 10, class: 'rest' }),
    svg('rect', { x: 0, y: 0, width: 100 * Math.min(1, part / of), height: 10, class: 'part' }));
  return canvas;
}

function trim(value) {
  return Math.abs(value) >= 100 ? count(value) : Number(value.toFixed(2)).toString();
}

/** Draws a small chart with a text alternative. Lines: [{name, values, kind}]; null values are gaps. */
export function chart(title, unit, lines, { dots = false, live = false, fromZero = true } = {}) {
  const all = lines.flatMap(line => line.values).filter(value => value !== null && Number.isFinite(value));
  const low = Math.min(...all, fromZero ? 0 : Infinity);
  const high = Math.max(...all, low + 1e-9);
  const canvas = svg('svg', { viewBox: '0 0 400 100', preserveAspectRatio: 'none', role: 'img' });
  const ranges = lines.map(line => {
    const known = line.values.filter(value => value !== null && Number.isFinite(value));
    const range = live ? `now ${trim(known.at(-1) ?? 0)}, at most ${trim(Math.max(0, ...known))} ${unit}`
      : known.length ? `${trim(Math.min(...known))} to ${trim(Math.max(...known))} ${unit}` : 'no data';
    return { name: line.name ?? '', kind: line.kind ?? '', range };
  });
  canvas.setAttribute('aria-label', `${title}: ` + ranges.map(r => (r.name ? r.name + ' ' : '') + r.range).join(', '));
  const y = value => 96 - 92 * (value - low) / (high - low);
  if (fromZero) canvas.append(svg('line', { x1: 0, x2: 400, y1: y(0), y2: y(0) }));
  for (const line of lines) {
    const x = i => line.values.length > 1 ? 400 * i / (line.values.length - 1) : 200;
    let part = [];
    const draw = () => {
      if (part.length) canvas.append(svg('polyline', { points: part.join(' '), class: line.kind ?? '' }));
      part = [];
    };
    line.values.forEach((value, i) => {
      if (value === null || !Number.isFinite(value)) return draw();
      const at = `${x(i).toFixed(1)},${y(value).toFixed(1)}`;
      part.push(at);
      if (dots || line.values.length === 1) canvas.append(svg('polyline', { points: `${at} ${at}`, class: `dot ${line.kind ?? ''}` }));
    });
    draw();
  }
  return el('figure', {}, el('figcaption', {}, el('b', {}, title), ranges.map(r =>
    el('span', { class: `key ${r.kind}` }, (r.name ? r.name + ' ' : '') + r.range))), canvas);
}

/** Makes a table; headers that end in # are of numeric columns, the name is for screen readers. */
export function table(name, headers, rows) {
  const kind = i => headers[i].endsWith('#') ? { class: 'n' } : {};
  // Scrolled by keyboard where it is wider than the window.
  return el('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': name }, el('table', {},
    el('caption', { class: 'hidden' }, name),
    el('thead', {}, el('tr', {}, headers.map((header, i) => el('th', { scope: 'col', ...kind(i) }, header.replace('#', ''))))),
    el('tbody', {}, rows.map(cells => el('tr', {}, cells.map((cell, i) => el('td', kind(i), cell)))))));
}

export function facts(pairs) {
  return el('dl', {}, pairs.filter(([, value]) => value !== '' && value !== null && value !== undefined)
    .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** Makes a figure of a summary: name, value, meaning. */
export function figure(name, value, meaning, kind = '') {
  return el('div', { class: `figure ${kind}` }, el('h2', {}, name), el('p', { class: 'big' }, value),
    meaning ? el('p', { class: 'quiet' }, meaning) : null);
}

export async function copy(text, button) {
  const was = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    const area = el('textarea', { class: 'hidden', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Copying failed';
    area.remove();
    button.focus();
  }
  setTimeout(() => { button.textContent = was; }, 2000);
}

/** Changes the text only if it differs, so that screen readers announce changes only. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const RECONNECT_MILLIS = 10000;

/** Calls back with each event of the board; shows whether the page is connected and the board degraded. */
export function follow(onBoard) {
  const link = byId('link');
  const degraded = byId('degraded');
  let source;
  const open = () => {
    source = new EventSource('/api/v1/events');
    source.addEventListener('open', () => { say(link, 'live'); link.dataset.up = 'true'; });
    source.addEventListener('error', () => {
      say(link, 'not connected; reconnecting');
      link.dataset.up = 'false';
      // After an error status (503: too many open pages) the browser does not reconnect by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RECONNECT_MILLIS);
    });
    source.addEventListener('board', event => {
      const board = JSON.parse(event.data);
      degraded.hidden = !board.degraded;
      say(degraded, board.degraded ? `Runs may be missing or late: ${board.degraded}` : '');
      onBoard(board);
    });
  };
  open();
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', event => { if (event.persisted) open(); });
}

function offerSizes() {
  document.documentElement.toggleAttribute('data-big', big);
  if (big) for (const link of document.querySelectorAll('.top a[href="/"]')) link.href = '/?big';
  const other = el('a', { class: 'size', href: big ? location.pathname : '?big' }, big ? 'Normal size' : 'Large');
  other.addEventListener('click', event => {
    event.preventDefault();
    const values = new URLSearchParams(location.search);
    if (big) values.delete('big');
    else values.set('big', '');
    location.assign(location.pathname + query(values));
  });
  byId('link')?.before(other);
}

offerSizes();
