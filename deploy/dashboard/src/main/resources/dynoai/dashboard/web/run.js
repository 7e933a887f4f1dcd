import { apiRun, byId, cellPage, chart, copy, count, el, facts, follow, getJson, heatMap, logName, place, runPage, seconds, signed, table, time } from './shared.js';

const [shop, id] = place();
const IN_FLIGHT = new Set(['waiting', 'reading', 'folding', 'writing']);
let seen = '';

function head(run) {
  document.title = `${logName(run)} - DynoAI`;
  byId('title').textContent = logName(run);
  byId('state').textContent = `${run.state}${run.message ? ': ' + run.message : ''}`;
  const cell = byId('cell');
  cell.hidden = !run.cell;
  cell.href = cellPage(run.shop, run.cell);
  cell.textContent = `Cell ${run.cell}`;
  byId('summary').replaceChildren(facts([
    ['Run', run.run_id], ['Dropped as', run.file], ['Shop / cell', `${run.shop} / ${run.cell}`], ['Began', time(run.started_ms)],
    ['Drop to grids', seconds(run.elapsed_ms)], ['Rows', count(run.rows)], ['Rows/s', count(run.rows_per_second)],
    ['Rows accepted', count(run.accepted)], ['Cells covered', `${run.cells_covered} of 55`],
    ['Largest correction', run.largest_correction_pct === null ? '' : `${signed(run.largest_correction_pct)} %`],
    ['Cells at the clamp', run.cells_clamped], ['Math version', run.math_version],
    ['Code', run.code], ['What to do', run.hint]]));
}

function gridFigure(grid, axes) {
  const tools = [];
  if (grid.paste) {
    const button = el('button', { type: 'button', 'data-copy': grid.id }, 'Copy for pasting');
    button.addEventListener('click', () => copy(grid.paste, button));
    tools.push(button, ' ');
  }
  tools.push(el('a', { href: `${apiRun(shop, id)}/files/${encodeURIComponent(grid.file)}` }, 'CSV'));
  return el('div', { class: 'grid' }, heatMap(grid, axes), el('p', {}, tools));
}

async function grids() {
  const answer = await getJson(`${apiRun(shop, id)}/grids`);
  const groups = new Map();
  for (const grid of answer.grids) {
    const name = grid.cylinder ? grid.title : `${grid.title}, both cylinders`;
    groups.set(name, [...(groups.get(name) ?? []), grid]);
  }
  byId('grids').replaceChildren(byId('grids-title'), ...[...groups].flatMap(([name, members]) => [
    el('h3', {}, name), el('div', { class: 'grids' }, members.map(grid => gridFigure(grid, answer.axes)))]));
}

async function timeline() {
  const answer = await getJson(`${apiRun(shop, id)}/timeline`);
  const c = answer.columns;
  const both = name => [
    { name: 'front', values: c[`front_${name}`] ?? [] },
    { name: 'rear', values: c[`rear_${name}`] ?? [], kind: 'rear' }];
  byId('timeline').replaceChildren(...(answer.windows ? [
    chart('Engine speed', 'rpm', [{ values: c.mean_rpm }]),
    chart('MAP', 'kPa', [{ values: c.mean_map_kpa }]),
    chart('AFR error', '%', both('mean_afr_err_pct')),
    chart('Knock retard', 'deg', both('peak_knock_deg')),
    chart('Intake air', '°F', both('peak_iat_f')),
    chart('Hits', 'rows', both('accepted'))] : [el('p', {}, 'There is no timeline.')]));
}

function where(anomaly) {
  if (anomaly.cell) return `${anomaly.cell.rpm} rpm, ${anomaly.cell.kpa} kPa`;
  if (anomaly.band) return `${anomaly.band.rpm.join(' to ')} rpm, ${anomaly.band.kpa.join(' to ')} kPa`;
  return (anomaly.cells ?? []).map(c => `${c.rpm} rpm, ${c.kpa} kPa${c.hot ? ' (hot)' : ''}`).join('; ');
}

function findings(details) {
  const list = details.anomalies.map(a => el('div', { class: 'anomaly' },
    el('h3', {}, a.type.replaceAll('_', ' ')),
    el('p', {}, `${where(a)}${where(a) ? '. ' : ''}Score ${Number(a.score).toFixed(2)}.`),
    el('p', {}, a.explanation),
    el('ul', {}, (a.next_checks ?? []).map(check => el('li', {}, check)))));
  const names = Object.keys(details.gates.front);
  byId('findings').replaceChildren(
    details.message ? el('p', {}, el('strong', {}, details.message)) : '',
    ...(list.length ? list : [el('p', {}, 'No anomalies.')]),
    el('h3', {}, 'Rows by gate'),
    table(['Gate', 'Front', 'Rear'], names.map(name =>
      [name.replaceAll('_', ' '), count(details.gates.front[name]), count(details.gates.rear[name])])));
}

function read(details) {
  const columns = details.columns ?? {};
  byId('read').replaceChildren(
    facts([['Format', details.input?.format], ['Encoding', columns.encoding], ['Delimiter', columns.delimiter],
      ['One wideband for both cylinders', columns.one_wideband_for_both ? 'yes' : ''],
      ['Conversions', (columns.conversions ?? []).join('; ')], ['Notes', (columns.notes ?? []).join('; ')],
      ['SHA-256', details.input?.sha256], ['Fingerprint', details.fingerprint]]),
    table(['Channel', 'From'], (columns.sources ?? []).map(s => [s.channel.replaceAll('_', ' '), `${s.role} ${s.header ?? ''}`])),
    el('h3', {}, 'Options'),
    facts(Object.entries(details.args ?? {}).filter(([, v]) => v !== null).map(([k, v]) => [k.replaceAll('_', ' '), String(v)])));
}

function files(details) {
  byId('files').replaceChildren(table(['File', 'Bytes', 'SHA-256'], details.files.map(f => [
    el('a', { href: `${apiRun(shop, id)}/files/${encodeURIComponent(f.file)}` }, f.file), count(f.size_bytes), f.sha256])));
}

function chain(steps) {
  byId('chain').replaceChildren(
    steps.length > 1 ? chart('Largest correction from run to run', '%',
      [{ values: steps.map(s => s.largest_correction_pct === null ? null : Math.abs(s.largest_correction_pct)) }], true) : '',
    table(['Run', 'Began', 'Largest correction', 'Cells covered'], steps.map(s => [
      s.run_id === id ? el('strong', {}, logName(s)) : el('a', { href: runPage(s.shop, s.run_id) }, logName(s)),
      time(s.started_ms), s.largest_correction_pct === null ? '' : `${signed(s.largest_correction_pct)} %`, `${s.cells_covered} of 55`])));
  const others = steps.filter(s => s.run_id !== id).reverse();
  const form = byId('compare');
  form.hidden = others.length === 0;
  form.elements.with.replaceChildren(...others.map(s =>
    el('option', { value: `${s.shop}/${s.run_id}` }, `${time(s.started_ms)} ${logName(s)}`)));
  if (!others.length) byId('comparison').textContent = 'There is no other run of this cell.';
}

async function compare(event) {
  event.preventDefault();
  const target = byId('comparison');
  try {
    const other = byId('compare').elements.with.value;
    const answer = await getJson(`${apiRun(shop, id)}/compare?with=${encodeURIComponent(other)}`);
    const parts = [el('p', {}, answer.equal ? 'Both runs are equal.' : `${count(answer.differences_total)} differences.`)];
    if (answer.delta_change.length) {
      parts.push(heatMap({ id: 'change', title: 'VE correction there minus here', cylinder: '', unit: '%', signed: true,
        rows: answer.delta_change }, answer.axes));
    }
    if (answer.differences.length) {
      parts.push(table(['Where', 'This run', 'The other'], answer.differences.map(d => [d.where, d.left, d.right])));
    }
    target.replaceChildren(...parts);
  } catch (failed) {
    target.textContent = failed.message;
  }
}

async function load() {
  try {
    const answer = await getJson(apiRun(shop, id));
    head(answer.run);
    const state = `${answer.run.state} ${answer.details === null}`;
    if (state === seen) return;
    seen = state;
    chain(answer.iterations);
    if (answer.details) {
      findings(answer.details);
      read(answer.details);
      files(answer.details);
      await Promise.all([grids(), timeline()]);
      document.body.dataset.loaded = 'true';
    }
  } catch (failed) {
    byId('state').textContent = `The run could not be loaded: ${failed.message}`;
  }
}

byId('compare').addEventListener('submit', compare);
load();
follow(() => { if (!seen || IN_FLIGHT.has(seen.split(' ')[0]) || seen.endsWith('true')) load(); }, () => {});
