import { apiRun, byId, cellPage, chart, copy, count, el, explain, facts, figure, follow, getJson, heatMap, legend, idsOfPage, logName, plural, runPage, say, seconds, signed, spanOf, state, table, time } from './shared.js';
import { runActions } from './actions.js';
import { findings } from './findings.js';
import { cover } from './frame.js';
import { timeline } from './timeline.js';

const [shop, id] = idsOfPage();
const CELLS = 55;
const IN_FLIGHT = new Set(['waiting', 'reading', 'folding', 'writing']);
let seen = '';

const percent = value => value === null ? '' : `${signed(value)} %`;

function head(run) {
  document.title = `${logName(run)} - DynoAI`;
  byId('title').textContent = logName(run);
  cover(run);
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
    el('span', { class: 'quiet sha' }, f.sha256)])));
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
    runActions(byId('actions'), answer.run);
    if (answer.details) {
      findings(answer.details);
      read(answer.details);
      files(answer.details);
      await Promise.all([grids(answer.run), timeline(shop, id)]);
      document.body.dataset.loaded = 'true';
    }
  } catch (failed) {
    const unknown = failed.status === 404;
    byId('title').textContent = unknown ? 'No such run' : 'Run';
    byId('state').textContent = unknown ? `There is no run ${id} of ${shop}, or not yet.` : `The run could not be loaded: ${failed.message}`;
  }
}

byId('compare').addEventListener('submit', compare);
load();
follow(() => { if (!seen || IN_FLIGHT.has(seen.split(' ')[0]) || seen.includes(' true ')) load(); });
