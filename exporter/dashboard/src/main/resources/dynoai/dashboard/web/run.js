import { apiRun, byId, cellPage, chart, count, el, facts, follow, getJson, idsOfPage, logName, runPage, seconds, signed, state, table, time, uncut } from './shared.js';
import { runActions } from './actions.js';
import { comparable, compare } from './compare.js';
import { findings } from './findings.js';
import { cover } from './frame.js';
import { grids } from './grids.js';
import { timeline } from './timeline.js';
import { rideNext, verdict } from './verdict.js';

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
  cell.href = cellPage(run.shop, run.cell) + (run.state === 'done' ? `?session=${encodeURIComponent(run.run_id)}` : '');
  cell.textContent = `Cell ${run.cell} of ${run.shop}`;
  byId('summary').replaceChildren(facts([
    ['Run', run.run_id], ['Dropped as', run.file], ['Shop / cell', `${run.shop} / ${run.cell}`], ['Vehicle', run.vehicle],
    ['Began', time(run.started_ms)], ['Drop to grids', seconds(run.elapsed_ms)], ['Rows', count(run.rows)],
    ['Rows/s', count(run.rows_per_second)], ['Rows accepted', count(run.accepted)], ['Math version', run.math_version],
    ['Code', run.code], ['What to do', run.hint]]));
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
  const size = cylinder => steps.map(s => uncut(s, cylinder)).map(value => value === null ? null : Math.abs(value));
  byId('chain').replaceChildren(
    steps.length > 1 ? chart('Largest correction before the clamp, from run to run', '%', [
      { name: 'front', values: size('front') }, { name: 'rear', values: size('rear'), kind: 'rear' }], { dots: true }) : '',
    table('Runs of the cell', ['Run', 'Began', 'Front#', 'Rear#', 'Cells covered#'], steps.map(s => [
      s.run_id === id ? el('strong', { 'aria-current': 'true' }, logName(s)) : el('a', { href: runPage(s.shop, s.run_id) }, logName(s)),
      time(s.started_ms), percent(uncut(s, 'front')), percent(uncut(s, 'rear')), `${s.cells_covered} of ${CELLS}`])));
}

async function load() {
  try {
    const answer = await getJson(apiRun(shop, id));
    const now = `${answer.run.state} ${answer.details === null} ${answer.comparable.length} ${answer.iterations.length} ${answer.run.message}`;
    if (now === seen) return;
    const first = !seen.startsWith(`${answer.run.state} ${answer.details === null} `);
    seen = now;
    head(answer.run);
    chain(answer.iterations);
    comparable(answer.run, answer.comparable);
    if (!first) return;
    verdict(answer.run, answer.details);
    runActions(byId('actions'), answer.run);
    if (answer.details) {
      const plan = answer.details.verdict?.ride;
      byId('next').replaceChildren(plan ? rideNext(plan) : 'A failed run has no plan.');
      findings(answer.details);
      read(answer.details);
      files(answer.details);
      await Promise.all([grids({ shop, id, run: answer.run, details: answer.details }), timeline(shop, id)]);
      document.body.dataset.loaded = 'true';
    }
  } catch (failed) {
    const unknown = failed.status === 404;
    byId('title').textContent = unknown ? 'No such run' : 'Run';
    byId('state').textContent = unknown ? `There is no run ${id} of ${shop}, or not yet.` : `The run could not be loaded: ${failed.message}`;
  }
}

byId('compare').addEventListener('submit', event => {
  event.preventDefault();
  compare(shop, id);
});
load();
follow(() => { if (!seen || IN_FLIGHT.has(seen.split(' ')[0]) || seen.includes(' true ')) load(); });
