// Shared by all pages. Everything that comes from a log goes in as text, never as markup.

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
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`);
  return response.json();
}

const whole = new Intl.NumberFormat('en');

export function count(value) {
  return value === null || value === undefined ? '' : whole.format(Math.round(value));
}

export function signed(value, decimals = 2) {
  return value === null || value === undefined ? '' : (value > 0 ? '+' : '') + value.toFixed(decimals);
}

export function seconds(millis) {
  if (millis === null || millis === undefined) return '';
  return millis < 60000 ? `${(millis / 1000).toFixed(1)} s` : `${Math.floor(millis / 60000)} min ${Math.round(millis % 60000 / 1000)} s`;
}

export function time(millis) {
  return millis ? new Date(millis).toLocaleString() : '';
}

export const apiRun = (shop, id) => `/api/v1/runs/${encodeURIComponent(shop)}/${encodeURIComponent(id)}`;
export const runPage = (shop, id) => `/runs/${encodeURIComponent(shop)}/${encodeURIComponent(id)}`;
export const cellPage = (shop, cell) => `/cells/${encodeURIComponent(shop)}/${encodeURIComponent(cell)}`;

/** What a person calls the log: the last part of where it lay. */
export const logName = run => (run.file || run.run_id).split(/[\\/]/).pop();

/** The two last parts of this page's address, decoded. */
export function place() {
  const parts = location.pathname.split('/');
  return [decodeURIComponent(parts[2] ?? ''), decodeURIComponent(parts[3] ?? '')];
}

function shade(value, grid, span) {
  if (Number.isNaN(value)) return '';
  const step = Math.min(5, Math.ceil(5 * Math.abs(value) / span));
  if (step === 0) return '';
  return grid.signed ? (value < 0 ? 'low' : 'high') + step : 's' + step;
}

/** A grid as a table whose colours only repeat what its texts say. */
export function heatMap(grid, axes) {
  const numbers = grid.rows.flat().map(text => text === '' ? NaN : Number(text));
  const span = Math.max(1e-9, ...numbers.filter(n => !Number.isNaN(n)).map(Math.abs));
  const clamped = new Set(grid.clamped ?? []);
  const name = `${grid.title}${grid.cylinder ? ', ' + grid.cylinder : ''} (${grid.unit})`;
  const body = grid.rows.map((row, r) => el('tr', {},
    el('th', { scope: 'row' }, axes.rpm[r]),
    row.map((text, c) => {
      const cell = r * axes.kpa.length + c;
      const hits = grid.hits?.[r]?.[c];
      const at = clamped.has(cell);
      return el('td', { class: [shade(numbers[cell], grid, span), at ? 'clamped' : ''].join(' ').trim() || null },
        el('span', { class: 'value' }, text),
        at ? el('span', {}, ' ◆', el('span', { class: 'hidden' }, ' at the clamp')) : null,
        hits ? el('span', { class: 'hits' }, `${count(hits)} hits`) : null);
    })));
  return el('table', { class: 'heat', 'data-grid': grid.id },
    el('caption', {}, name),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'rpm \\ kPa'),
      axes.kpa.map(kpa => el('th', { scope: 'col' }, kpa)))),
    el('tbody', {}, body));
}

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** A small chart; its caption says in words what it shows. Lines: [{name, values, kind}], null where there is nothing. */
export function chart(title, unit, lines, dots = false) {
  const all = lines.flatMap(line => line.values).filter(value => value !== null && Number.isFinite(value));
  const low = Math.min(0, ...all);
  const high = Math.max(...all, low + 1e-9);
  const canvas = svg('svg', { viewBox: '0 0 400 100', preserveAspectRatio: 'none', role: 'img' });
  const caption = `${title}: ` + lines.map(line => {
    const known = line.values.filter(value => value !== null && Number.isFinite(value));
    const range = known.length ? `${trim(Math.min(...known))} to ${trim(Math.max(...known))} ${unit}` : 'no data';
    return (line.name ? line.name + ' ' : '') + range;
  }).join(', ');
  canvas.setAttribute('aria-label', caption);
  for (const line of lines) {
    let part = [];
    const draw = () => {
      if (part.length) canvas.append(svg('polyline', { points: part.join(' '), class: line.kind ?? '' }));
      part = [];
    };
    line.values.forEach((value, i) => {
      if (value === null || !Number.isFinite(value)) return draw();
      const x = line.values.length > 1 ? 400 * i / (line.values.length - 1) : 200;
      const y = 96 - 92 * (value - low) / (high - low);
      part.push(`${x.toFixed(1)},${y.toFixed(1)}`);
      if (dots || line.values.length === 1) {
        const at = `${x.toFixed(1)},${y.toFixed(1)}`;
        canvas.append(svg('polyline', { points: `${at} ${at}`, class: 'dot' }));
      }
    });
    draw();
  }
  return el('figure', {}, canvas, el('figcaption', {}, caption));
}

function trim(value) {
  return Math.abs(value) >= 100 ? count(value) : Number(value.toFixed(2)).toString();
}

export function table(headers, rows) {
  return el('div', { class: 'wide' }, el('table', {},
    el('thead', {}, el('tr', {}, headers.map(header => el('th', { scope: 'col' }, header)))),
    el('tbody', {}, rows.map(cells => el('tr', {}, cells.map(cell => el('td', {}, cell)))))));
}

export function facts(pairs) {
  return el('dl', {}, pairs.filter(([, value]) => value !== '' && value !== null && value !== undefined)
    .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
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
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Copying was refused';
    area.remove();
    button.focus();
  }
  setTimeout(() => { button.textContent = was; }, 2000);
}

/** Calls back with each event of the board, and tells whether the connection stands. */
export function follow(onBoard, onLink) {
  const source = new EventSource('/api/v1/events');
  source.addEventListener('open', () => onLink(true));
  source.addEventListener('error', () => onLink(false));
  source.addEventListener('board', event => onBoard(JSON.parse(event.data)));
  addEventListener('pagehide', () => source.close());
}
