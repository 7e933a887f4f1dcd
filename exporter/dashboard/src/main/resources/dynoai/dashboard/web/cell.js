import { byId, chart, count, el, figure, follow, getJson, heatMap, legend, idsOfPage, logName, plural, runPage, signed, spanOf, table, time } from './shared.js';

const [shop, cell] = idsOfPage();
const CELLS = 55;
let latest = '';

const percent = value => value === null ? '' : `${signed(value)} %`;
const size = value => value === null ? null : Math.abs(value);

function verdict(session) {
  const last = session.iterations.at(-1);
  const before = session.iterations.at(-2);
  const worst = s => Math.max(size(s.front_largest_pct) ?? 0, size(s.rear_largest_pct) ?? 0, size(s.largest_correction_pct) ?? 0);
  const trend = before ? `${percent(worst(last) - worst(before))} compared with the previous run` : 'the first run';
  return [
    figure('Largest correction now', `${worst(last).toFixed(2)} %`, trend, worst(last) < 1 ? 'good' : ''),
    figure('Cells still to ride', count(session.to_ride.length), `of ${CELLS}, with fewer than ${session.weak_below} samples`,
      session.to_ride.length ? '' : 'good'),
    figure('Runs', count(session.runs), session.runs_read < session.runs ? `the latest ${session.runs_read} shown` : 'all of the cell')];
}

function show(session) {
  document.title = `${shop} / ${cell} - DynoAI`;
  byId('title').textContent = `Cell ${cell} of ${shop}`;
  byId('state').textContent = plural(session.runs, 'run') + (session.runs_read < session.runs ? `, the latest ${session.runs_read} shown` : '');
  byId('verdict').replaceChildren(...verdict(session));
  const grids = ['front', 'rear'].map(cylinder => ({
    id: `coverage_${cylinder}`, title: 'Coverage', cylinder, unit: 'rows', signed: false, rows: session[`coverage_${cylinder}`] }));
  const span = spanOf(grids);
  byId('coverage').replaceChildren(legend(grids[0], span, 'few rows', 'many, up to'),
    ...grids.map(grid => el('div', { class: 'grid' }, heatMap(grid, session.axes, span))));
  byId('ride').replaceChildren(
    el('p', {}, `${session.to_ride.length} of ${CELLS} cells have fewer than ${session.weak_below} samples on a cylinder.`),
    session.to_ride.length
      ? table('Cells still to ride', ['rpm#', 'kPa#', 'Front#', 'Rear#'], session.to_ride.map(c => [c.rpm, c.kpa, count(c.front), count(c.rear)]))
      : el('p', {}, 'Every cell has enough samples.'));
  const values = name => session.iterations.map(s => size(s[name]));
  byId('steps').replaceChildren(
    el('div', { class: 'charts' }, chart('Largest correction from run to run', '%', [
      { name: 'front', values: values('front_largest_pct') }, { name: 'rear', values: values('rear_largest_pct'), kind: 'rear' }], { dots: true })),
    table('Runs of the cell', ['Run', 'Began', 'Front#', 'Rear#', 'Both#', 'At the clamp#', 'Cells covered#'], session.iterations.map(s => [
      el('a', { href: runPage(s.shop, s.run_id) }, logName(s)), time(s.started_ms), percent(s.front_largest_pct),
      percent(s.rear_largest_pct), percent(s.largest_correction_pct), s.front_clamped + s.rear_clamped, `${s.cells_covered} of ${CELLS}`])));
}

async function load() {
  try {
    show(await getJson(`/api/v1/cells/${encodeURIComponent(shop)}/${encodeURIComponent(cell)}`));
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    byId('state').textContent = `The cell could not be loaded: ${failed.message}`;
  }
}

/** Loads the session again when a run of this cell has ended. */
async function refresh() {
  const values = new URLSearchParams({ shop, cell, state: 'done', size: 1 });
  const answer = await getJson(`/api/v1/runs?${values}`);
  const now = `${answer.total} ${answer.runs[0]?.run_id}`;
  if (now !== latest) {
    latest = now;
    await load();
  }
}

refresh().catch(load);
follow(() => refresh().catch(() => {}));
