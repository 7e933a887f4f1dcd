import { apiRun, byId, cellPage, chart, copy, count, el, explain, facts, figure, follow, getJson, heatMap, legend, idsOfPage, logName, plural, runPage, say, seconds, signed, spanOf, state, table, time } from './shared.js';

const [shop, id] = idsOfPage();
const CELLS = 55;
const IN_FLIGHT = new Set(['waiting', 'reading', 'folding', 'writing']);
let seen = '';

const percent = value => value === null ? '' : `${signed(value)} %`;

function head(run) {
  document.title = `${logName(run)} - DynoAI`;
  byId('title').textContent = logName(run);
  byId('state').replaceChildren(state(run), run.message ? ` ${run.message}` : '');
  const cell = byId('cell');
  cell.hidden = !run.cell;
  cell.href = cellPage(run.shop, run.cell);
  cell.textContent = `Cell ${run.cell} of ${run.shop}`;
  byId('summary').replaceChildren(facts([
    ['Run', run.run_id], ['Dropped as', run.file], ['Shop / cell', `${run.shop} / ${run.cell}`], ['Vehicle', run.vehicle],
    ['Began', time(run.started_ms)], ['Drop to grids', seconds(run.elapsed_ms)], ['Rows', count(run.rows)],
    ['Rows/s', count(run.rows_per_second)], ['Rows accepted', count(run.accepted)], ['Math version', run.math_version],
    ['Code', run.code], ['What to do', run.hint]]));
}

/** Describes where the largest cell of a grid is. */
function largestAt(grid, axes) {
  if (!grid) return '';
  const cells = grid.rows.flatMap((row, r) => row.map((text, c) => ({ size: text === '' ? -1 : Math.abs(Number(text)), r, c })));
  const most = cells.reduce((a, b) => b.size > a.size ? b : a);
  return most.size > 0 ? `, largest at ${axes.rpm[most.r]} rpm, ${axes.kpa[most.c]} kPa` : '';
}

function correction(name, delta, run, most) {
  const clamped = delta.clamped ? `. ${plural(delta.clamped, 'cell')} at the clamp of ${run.clamp_pct} %` : '';
  const kind = delta.clamped ? 'bad' : delta.largest_pct !== null && Math.abs(delta.largest_pct) < 1 ? 'good' : '';
  return figure(name, delta.largest_pct === null ? '–' : percent(delta.largest_pct),
    explain(delta.largest_pct, run.math_version) + most + clamped, kind);
}

/** Shows the summary of the run. */
function verdict(run, grids, axes) {
  if (run.state !== 'done') {
    byId('verdict').replaceChildren(...(run.code || run.hint ? [figure(run.code || 'failed', 'no grids', run.hint, 'bad')] : []));
    return;
  }
  const sparks = grids.filter(grid => grid.id.startsWith('spark')).flatMap(grid => grid.rows.flat()
    .filter(text => text !== '').map(text => ({ cylinder: grid.cylinder, degrees: Number(text) })));
  const most = sparks.reduce((worst, each) => each.degrees < worst.degrees ? each : worst, { cylinder: '', degrees: 0 });
  byId('verdict').replaceChildren(
    correction('Front', run.front, run, largestAt(grids.find(grid => grid.id === 'delta_front'), axes)),
    correction('Rear', run.rear, run, largestAt(grids.find(grid => grid.id === 'delta_rear'), axes)),
    figure('Spark', most.degrees < 0 ? `${most.degrees.toFixed(2)}°` : 'no change',
      most.degrees < 0 ? `take out, ${most.cylinder}; a suggestion` : 'no significant knock', most.degrees < 0 ? 'bad' : 'good'),
    figure('Coverage', `${run.cells_covered} of ${CELLS}`, `${count(run.accepted)} rows accepted`, run.cells_covered === CELLS ? 'good' : ''),
    figure('Anomalies', count(run.anomalies), run.anomalies
      ? el('a', { href: '#findings-title' }, 'see the diagnostics') : 'nothing unusual', run.anomalies ? 'bad' : 'good'));
}

function gridFigure(grid, axes, span) {
  const tools = [];
  if (grid.paste) {
    const button = el('button', { type: 'button', 'data-copy': grid.id }, 'Copy for pasting');
    button.addEventListener('click', () => copy(grid.paste, button));
    tools.push(button, ' ');
  }
  tools.push(el('a', { href: `${apiRun(shop, id)}/files/${encodeURIComponent(grid.file)}` }, 'CSV'));
  return el('div', { class: 'grid' }, heatMap(grid, axes, span), el('p', { class: 'tools' }, tools));
}

/** Shows grids of one kind on one scale: front and rear, then both cylinders together. */
function gridGroup(name, members, axes, run) {
  const delta = members.some(grid => grid.id.startsWith('delta'));
  const span = delta && run.clamp_pct ? run.clamp_pct : spanOf(members);
  const error = members[0].id.startsWith('error');
  // Lean always has the same colour, although its sign differs.
  const inverted = error || delta && run.math_version === 'toolkit-1.2';
  const sides = members.map(grid => ({ ...grid, inverted })).sort((a, b) => (a.cylinder || 'z').localeCompare(b.cylinder || 'z'));
  const words = delta || error ? ['rich', 'lean'] : members[0].signed ? ['less', 'more'] : ['few', 'up to'];
  return [el('h3', {}, name), legend(sides[0], span, ...words, delta ? '◆ at the clamp' : ''),
    el('div', { class: 'grids' }, sides.map(grid => gridFigure(grid, axes, span)))];
}

async function grids(run) {
  const answer = await getJson(`${apiRun(shop, id)}/grids`);
  const groups = new Map();
  for (const grid of answer.grids) groups.set(grid.title, [...(groups.get(grid.title) ?? []), grid]);
  byId('grids').replaceChildren(byId('grids-title'),
    ...[...groups].flatMap(([name, members]) => gridGroup(name, members, answer.axes, run)));
  verdict(run, answer.grids, answer.axes);
}

async function timeline() {
  const answer = await getJson(`${apiRun(shop, id)}/timeline`);
  const c = answer.columns;
  const both = name => [
    { name: 'front', values: c[`front_${name}`] ?? [] },
    { name: 'rear', values: c[`rear_${name}`] ?? [], kind: 'rear' }];
  if (!answer.windows) {
    byId('timeline').replaceChildren(el('p', {}, 'The run has no timeline.'));
    return;
  }
  byId('timeline').replaceChildren(
    chart('Engine speed', 'rpm', [{ values: c.mean_rpm }], { fromZero: false }),
    chart('MAP', 'kPa', [{ values: c.mean_map_kpa }], { fromZero: false }),
    chart('AFR error', '%', both('mean_afr_err_pct')),
    chart('Knock retard', 'deg', both('peak_knock_deg')),
    chart('Intake air', '°F', both('peak_iat_f'), { fromZero: false }),
    chart('Hits', 'rows', both('accepted')),
    el('p', { class: 'axis' }, el('span', {}, `${(c.start_s?.[0] ?? 0).toFixed(0)} s`),
      el('span', {}, `${plural(answer.windows, 'window')} of the log's time`),
      el('span', {}, `${(c.end_s?.at(-1) ?? 0).toFixed(0)} s`)));
}

function where(anomaly) {
  if (anomaly.cell) return `${anomaly.cell.rpm} rpm, ${anomaly.cell.kpa} kPa`;
  if (anomaly.band) return `${anomaly.band.rpm.join(' to ')} rpm, ${anomaly.band.kpa.join(' to ')} kPa`;
  return (anomaly.cells ?? []).map(c => `${c.rpm} rpm, ${c.kpa} kPa${c.hot ? ' (hot)' : ''}`).join('; ');
}

function outsideGrid(details) {
  const rows = details.stats?.rows_outside_grid;
  if (!rows) return '';
  const fate = details.args?.inside_grid ? 'left out.' : 'counted in its edge cells; --inside-grid leaves them out.';
  return el('p', {}, `Rows beyond the grid: ${count(rows)}, ${fate}`);
}

function findings(details) {
  const list = details.anomalies.map(a => el('div', { class: 'anomaly' },
    el('h3', {}, a.type.replaceAll('_', ' ')),
    el('p', { class: 'quiet' }, `${where(a)}${where(a) ? '. ' : ''}Score ${Number(a.score).toFixed(2)}.`),
    el('p', {}, a.explanation),
    el('ul', {}, (a.next_checks ?? []).map(check => el('li', {}, check)))));
  const names = Object.keys(details.gates.front);
  byId('findings').replaceChildren(
    details.message ? el('p', {}, el('strong', {}, details.message)) : '',
    details.cells_weak ? el('p', {}, `${plural(details.cells_weak, 'cell')} of the delta with fewer than 10 samples; --min-samples 10 leaves such cells empty.`) : '',
    outsideGrid(details),
    details.columns?.weights_by_hits ? el('p', {}, 'Weighted by hits: every row weighs 1.0.') : '',
    ...(list.length ? list : [el('p', {}, 'No anomalies.')]),
    el('h3', {}, 'Rows by gate'),
    table('Rows by gate', ['Gate', 'Front#', 'Rear#'], names.map(name =>
      [name.replaceAll('_', ' '), count(details.gates.front[name]), count(details.gates.rear[name])])));
}

function read(details) {
  const columns = details.columns ?? {};
  byId('read').replaceChildren(
    facts([['Format', details.input?.format], ['Encoding', columns.encoding], ['Delimiter', columns.delimiter],
      ['One wideband for both cylinders', columns.one_wideband_for_both ? 'yes' : ''],
      ['Conversions', (columns.conversions ?? []).join('; ')], ['Notes', (columns.notes ?? []).join('; ')],
      ['SHA-256', details.input?.sha256], ['Fingerprint', details.fingerprint]]),
    table('Columns used', ['Channel', 'From'], (columns.sources ?? []).map(s => [s.channel.replaceAll('_', ' '), `${s.role} ${s.header ?? ''}`])),
    el('h3', {}, 'Options'),
    facts(Object.entries(details.args ?? {}).filter(([, v]) => v !== null).map(([k, v]) => [k.replaceAll('_', ' '), String(v)])));
}

function files(details) {
  byId('files').replaceChildren(table('Files of the run', ['File', 'Bytes#', 'SHA-256'], details.files.map(f => [
    el('a', { href: `${apiRun(shop, id)}/files/${encodeURIComponent(f.file)}`, download: f.file }, f.file), count(f.size_bytes),
    el('span', { class: 'quiet' }, f.sha256)])));
}

function chain(steps) {
  const size = name => steps.map(s => s[name] === null ? null : Math.abs(s[name]));
  byId('chain').replaceChildren(
    steps.length > 1 ? chart('Largest correction from run to run', '%', [
      { name: 'front', values: size('front_largest_pct') }, { name: 'rear', values: size('rear_largest_pct'), kind: 'rear' }], { dots: true }) : '',
    table('Runs of the cell', ['Run', 'Began', 'Front#', 'Rear#', 'Cells covered#'], steps.map(s => [
      s.run_id === id ? el('strong', { 'aria-current': 'true' }, logName(s)) : el('a', { href: runPage(s.shop, s.run_id) }, logName(s)),
      time(s.started_ms), percent(s.front_largest_pct), percent(s.rear_largest_pct), `${s.cells_covered} of ${CELLS}`])));
}

function comparable(run, others) {
  const form = byId('compare');
  form.hidden = others.length === 0;
  const option = s => el('option', { value: `${s.shop}/${s.run_id}` }, `${time(s.started_ms)} ${logName(s)}`);
  const group = (label, members) => members.length ? [el('optgroup', { label }, members.map(option))] : [];
  form.elements.with.replaceChildren(
    ...group(`Cell ${run.cell}`, others.filter(s => s.cell === run.cell)),
    ...group(`Vehicle ${run.vehicle}`, others.filter(s => s.cell !== run.cell)));
  if (!others.length) say(byId('comparison'), 'There is no other run of this vehicle or cell.');
}

async function compare(event) {
  event.preventDefault();
  const target = byId('comparison');
  try {
    const other = byId('compare').elements.with.value;
    const answer = await getJson(`${apiRun(shop, id)}/compare?with=${encodeURIComponent(other)}`);
    const parts = [el('p', {}, answer.equal ? 'Both runs are equal.' : `${plural(answer.differences_total, 'difference')}.`)];
    if (answer.delta_change.length) {
      const change = { id: 'change', title: 'VE correction of the other run minus this one', cylinder: '', unit: '%', signed: true, rows: answer.delta_change };
      parts.push(el('div', { class: 'grids' }, el('div', { class: 'grid' }, heatMap(change, answer.axes))));
    }
    if (answer.differences.length) {
      parts.push(el('details', {}, el('summary', {}, 'Differences'),
        table('Differences', ['Where', 'This run', 'The other'], answer.differences.map(d => [d.where, d.left, d.right]))));
    }
    target.replaceChildren(...parts);
  } catch (failed) {
    target.textContent = failed.message;
  }
}

async function load() {
  try {
    const answer = await getJson(apiRun(shop, id));
    const now = `${answer.run.state} ${answer.details === null} ${answer.comparable.length} ${answer.iterations.length}`;
    if (now === seen) return;
    const first = !seen.startsWith(`${answer.run.state} ${answer.details === null} `);
    seen = now;
    head(answer.run);
    chain(answer.iterations);
    comparable(answer.run, answer.comparable);
    if (!first) return;
    verdict(answer.run, [], null);
    if (answer.details) {
      findings(answer.details);
      read(answer.details);
      files(answer.details);
      await Promise.all([grids(answer.run), timeline()]);
      document.body.dataset.loaded = 'true';
    }
  } catch (failed) {
    byId('state').textContent = `The run could not be loaded: ${failed.message}`;
  }
}

byId('compare').addEventListener('submit', compare);
load();
follow(() => { if (!seen || IN_FLIGHT.has(seen.split(' ')[0]) || seen.includes(' true ')) load(); });
