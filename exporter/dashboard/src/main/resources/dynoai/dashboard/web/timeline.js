import { apiRun, byId, el, getJson, plural, table } from './shared.js';

const STRIPS = [
  { title: 'Engine speed', unit: 'rpm', columns: ['mean_rpm'], decimals: 0 },
  { title: 'MAP', unit: 'kPa', columns: ['mean_map_kpa'], decimals: 0 },
  { title: 'AFR error', unit: '%', columns: ['front_mean_afr_err_pct', 'rear_mean_afr_err_pct'], decimals: 2 },
  { title: 'Knock retard', unit: '°', columns: ['front_peak_knock_deg', 'rear_peak_knock_deg'], decimals: 1 },
  { title: 'Intake air', unit: '°F', columns: ['front_peak_iat_f', 'rear_peak_iat_f'], decimals: 0 },
  { title: 'Accepted', unit: 'rows', columns: ['front_accepted', 'rear_accepted'], decimals: 0 }];
const HEIGHT = 84;
const AXIS_HEIGHT = 30;
const AXIS_WIDTH = 60;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Returns the start of each window in seconds that never decrease: a log's clock may be set back. */
function starts(columns) {
  let offset = 0;
  return columns.start_s.map((start, i) => {
    const before = i === 0 ? start : columns.end_s[i - 1];
    if (start < before) offset += before - start;
    return start + offset;
  });
}

/** The timeline of a run: strips with one cursor and one zoom, and the cells of the grid that belong to a window. */
class Timeline {
  constructor(answer, axes) {
    this.columns = answer.columns;
    this.cells = answer.cells;
    this.every = answer.every;
    this.axes = axes;
    this.size = this.cells.length;
    const from = starts(this.columns);
    const last = from.at(-1) + Math.max(0.1, this.columns.end_s.at(-1) - this.columns.start_s.at(-1));
    this.times = [...from, last];
    this.chosen = new Set();
    this.plots = [];
  }

  cellName(cell) {
    const { rpm, kpa } = this.axes;
    return `${rpm[Math.floor(cell / kpa.length)]} rpm, ${kpa[cell % kpa.length]} kPa`;
  }

  at(seconds) {
    const after = this.times.findIndex(time => time > seconds);
    return after < 0 ? this.size - 1 : Math.max(0, after - 1);
  }

  span(i) {
    return `${this.times[i].toFixed(1)} to ${this.times[i + 1].toFixed(1)} s`;
  }

  /** Describes a window in words. */
  words(i) {
    const value = (name, decimals) => this.columns[name]?.[i] === null || this.columns[name]?.[i] === undefined ? '–'
      : this.columns[name][i].toFixed(decimals);
    return `${this.span(i)}: ${STRIPS.map(({ title, unit, columns, decimals }) =>
      `${title} ${columns.map(name => value(name, decimals)).join(' front, ')}${columns.length > 1 ? ' rear' : ''} ${unit}`).join('; ')}`;
  }

  plot({ title, unit, columns, decimals }, isLast, target) {
    const series = columns.map((name, c) => ({
      stroke: () => colour(c ? '--warn' : '--busy'), width: 1.6, dash: c ? [6, 4] : undefined,
      paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } }));
    const axis = { stroke: () => colour('--quiet'), grid: { stroke: () => colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    const values = columns.map(name => {
      const column = this.columns[name] ?? this.cells.map(() => null);
      return [...column, column.at(-1)];
    });
    return new uPlot({
      width: this.width(), height: HEIGHT + (isLast ? AXIS_HEIGHT : 0), legend: { show: false }, padding: [8, 14, 0, 0],
      scales: { x: { time: false } },
      axes: [{ ...axis, show: isLast, size: AXIS_HEIGHT, values: (u, marks) => marks.map(mark => `${mark} s`) },
        { ...axis, size: AXIS_WIDTH, space: 24 }],
      series: [{}, ...series],
      cursor: { y: false, sync: { key: 'timeline' }, drag: { x: true, y: false, setScale: true }, points: { size: 6 } },
      hooks: {
        drawClear: [u => this.shade(u)],
        setScale: [(u, key) => { if (key === 'x') this.zoomAll(u.scales.x.min, u.scales.x.max); }],
      },
    }, [this.times, ...values], target);
  }

  /** Marks the windows of the chosen cell. */
  shade(u) {
    u.ctx.save();
    u.ctx.fillStyle = colour('--mark');
    for (const i of this.chosen) {
      const left = u.valToPos(this.times[i], 'x', true);
      u.ctx.fillRect(left, u.bbox.top, Math.max(2, u.valToPos(this.times[i + 1], 'x', true) - left), u.bbox.height);
    }
    u.ctx.restore();
  }

  width() {
    return Math.max(240, this.target.clientWidth);
  }

  zoomAll(min, max) {
    for (const plot of this.plots) {
      if (plot.scales.x.min !== min || plot.scales.x.max !== max) plot.setScale('x', { min, max });
    }
  }

  /** Zooms around the window in view; a factor below 1 shows less. */
  zoom(factor) {
    const [first, last] = [this.times[0], this.times.at(-1)];
    const { min, max } = this.plots[0].scales.x;
    const middle = (this.times[this.now] + this.times[this.now + 1]) / 2;
    const half = Math.min(last - first, (max - min) * factor) / 2;
    const from = Math.max(first, Math.min(middle - half, last - 2 * half));
    this.zoomAll(from, from + 2 * half);
  }

  /** Shows a window: its values in words, and its cell. */
  show(i) {
    this.now = i;
    this.slider.value = i;
    this.slider.setAttribute('aria-valuetext', this.words(i));
    this.text.textContent = this.words(i);
    this.place.textContent = this.cells[i] === null ? '' : `Cell ${this.cellName(this.cells[i])}`;
  }

  /** Puts the cursor of all strips on a window. */
  moveTo(i) {
    this.show(i);
    const middle = (this.times[i] + this.times[i + 1]) / 2;
    for (const plot of this.plots) plot.setCursor({ left: plot.valToPos(middle, 'x'), top: 10 });
  }

  /** Marks a cell in the grids and its windows in the strips; null marks nothing. */
  choose(cell) {
    this.chosen = new Set([...this.cells.keys()].filter(i => cell !== null && this.cells[i] === cell));
    this.select.value = cell ?? '';
    for (const marked of document.querySelectorAll('td.in-window')) marked.classList.remove('in-window');
    if (cell !== null) {
      const { length } = this.axes.kpa;
      for (const grid of document.querySelectorAll('#grids table.heat')) {
        grid.tBodies[0].rows[Math.floor(cell / length)]?.querySelectorAll('td')[cell % length]?.classList.add('in-window');
      }
    }
    this.found.textContent = cell === null ? '' : this.chosen.size
      ? `${plural(this.chosen.size, 'window')} with a mean in this cell, the first ${this.span([...this.chosen][0])}.`
      : 'No window has its mean in this cell; rows of it may be in windows of other cells.';
    for (const plot of this.plots) plot.redraw();
    if (this.chosen.size) this.moveTo([...this.chosen][0]);
  }

  controls() {
    const button = (text, action) => {
      const made = el('button', { type: 'button' }, text);
      made.addEventListener('click', action);
      return made;
    };
    this.slider = el('input', { type: 'range', min: 0, max: this.size - 1, value: 0, 'aria-label': 'Window' });
    this.slider.addEventListener('input', () => this.moveTo(Number(this.slider.value)));
    const known = [...new Set(this.cells)].filter(cell => cell !== null).sort((a, b) => a - b);
    this.select = el('select', { 'aria-label': 'Cell' }, el('option', { value: '' }, 'no cell'),
      known.map(cell => el('option', { value: cell }, this.cellName(cell))));
    this.select.addEventListener('change', () => this.choose(this.select.value === '' ? null : Number(this.select.value)));
    this.text = el('p', { id: 'timeline-window', class: 'quiet' });
    this.place = el('b', {});
    this.found = el('span', { role: 'status' });
    return [
      el('div', { class: 'timeline-tools' }, this.slider, button('Zoom in', () => this.zoom(0.5)), button('Zoom out', () => this.zoom(2)),
        button('All', () => this.zoomAll(this.times[0], this.times.at(-1))), this.select,
        button('Mark the cell', () => this.choose(this.cells[this.now]))),
      el('p', {}, this.place, ' ', this.found), this.text];
  }

  asTable() {
    const details = el('details', {}, el('summary', {}, 'Timeline as a table'));
    details.addEventListener('toggle', () => {
      if (details.open && !details.querySelector('table')) {
        const names = STRIPS.flatMap(({ title, unit, columns }) => columns.map(name =>
          `${title}${columns.length > 1 ? name.startsWith('front') ? ' front' : ' rear' : ''}, ${unit}#`));
        details.append(table('Timeline', ['Time', ...names], this.cells.map((cell, i) => [this.span(i),
          ...STRIPS.flatMap(({ columns, decimals }) => columns.map(name => this.columns[name]?.[i]?.toFixed(decimals) ?? ''))])));
      }
    });
    return details;
  }

  draw(target) {
    this.target = target;
    const strips = STRIPS.map(({ title, unit, columns, decimals }, s) => {
      const ranges = columns.map(name => (this.columns[name] ?? []).filter(value => value !== null))
        .map(known => known.length ? `${Math.min(...known).toFixed(decimals)} to ${Math.max(...known).toFixed(decimals)} ${unit}` : 'no data');
      const keys = ranges.map((range, c) => el('span', { class: `key ${c ? 'rear' : ''}` },
        (ranges.length > 1 ? c ? 'rear ' : 'front ' : '') + range));
      const label = `${title}: ${keys.map(key => key.textContent).join(', ')}`;
      return el('figure', { class: s === STRIPS.length - 1 ? 'last' : null },
        el('figcaption', {}, el('b', {}, title), keys), el('div', { class: 'plot', role: 'img', 'aria-label': label }));
    });
    target.replaceChildren(...this.controls(), ...strips, el('p', { class: 'quiet' },
      `${plural(this.size, 'window')} of about ten seconds of the log's time${this.every > 1 ? `, one of ${this.every} shown` : ''}. `
      + 'A window belongs to the cell of its mean engine speed and MAP. Drag to zoom, double-click for all.'), this.asTable());
    this.target = strips[0].querySelector('.plot');
    this.plots = strips.map((strip, s) => this.plot(STRIPS[s], s === STRIPS.length - 1, strip.querySelector('.plot')));
    for (const [s, strip] of strips.entries()) {
      const over = strip.querySelector('.u-over');
      let pressed = 0;
      over.addEventListener('mousemove', event => this.show(this.at(this.plots[s].posToVal(event.offsetX, 'x'))));
      over.addEventListener('mousedown', event => { pressed = event.clientX; });
      // A drag is a zoom.
      over.addEventListener('click', event => { if (Math.abs(event.clientX - pressed) < 4) this.choose(this.cells[this.now]); });
    }
    this.show(0);
    new ResizeObserver(() => this.resize()).observe(target);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.plots.forEach(plot => plot.redraw()));
    matchMedia('print').addEventListener('change', () => this.plots.forEach(plot => plot.redraw()));
  }

  resize() {
    for (const plot of this.plots) if (plot.width !== this.width()) plot.setSize({ width: this.width(), height: plot.height });
  }
}

/** Returns the number of the cell of a grid that was clicked; -1 outside. */
function cellOf(event) {
  const td = event.target.closest?.('#grids table.heat tbody td');
  if (!td || event.target.closest('a, button')) return -1;
  const values = [...td.parentElement.querySelectorAll('td')];
  return (td.parentElement.sectionRowIndex) * values.length + values.indexOf(td);
}

/** Shows the timeline of a run. */
export async function timeline(shop, id) {
  const answer = await getJson(`${apiRun(shop, id)}/timeline`);
  const target = byId('timeline');
  if (!answer.windows) {
    target.replaceChildren(el('p', {}, 'The run has no timeline.'));
    return;
  }
  const shown = new Timeline(answer, answer.axes);
  shown.draw(target);
  const choose = event => {
    const cell = cellOf(event);
    if (cell < 0 || event.type === 'keydown' && event.key !== 'Enter') return;
    shown.choose(cell);
    byId('timeline-title').scrollIntoView();
  };
  byId('grids').addEventListener('click', choose);
  byId('grids').addEventListener('keydown', choose);
}
