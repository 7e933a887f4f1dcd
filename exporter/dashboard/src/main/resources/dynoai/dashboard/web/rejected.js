import { commandLine, offers, requeueForm } from './actions.js';
import { byId, count, el, follow, getJson, logName, say, state, table, time } from './shared.js';

const SIZE = 20;
const cards = new Map();
let page = 1;
let version = -1;
let loading = false;
let again = false;

function card(run, here) {
  const where = [run.line ? `line ${run.line}` : '', run.column ? `column ${run.column}` : ''].filter(Boolean).join(', ');
  const act = here.acts.includes('requeue') ? requeueForm(run, here) : here.shop ? null : commandLine(`dynoai requeue ${run.run_id}`);
  return el('article', { class: 'anomaly', id: run.run_id, 'data-run': run.run_id },
    el('h3', {}, logName(run)), el('p', { class: 'quiet' }, `${run.file}. ${time(run.started_ms)}`), el('p', {}, state(run), ` ${run.code} ${where}`),
    el('p', {}, run.message.split('. Hint: ')[0]), run.hint ? el('p', {}, el('strong', {}, `What to do: ${run.hint}`)) : null,
    el('p', {}, el('a', { href: `/api/v1/rejected/${encodeURIComponent(run.run_id)}/log`, download: logName(run) }, 'Download the log')),
    act);
}

async function load() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    const [here, left, rejected] = await Promise.all([offers(), getJson('/api/v1/runs?state=left&size=200'),
      getJson(`/api/v1/runs?${new URLSearchParams({ state: 'rejected', page, size: SIZE })}`)]);
    version = rejected.version;
    byId('left-files').hidden = !left.total;
    say(byId('rule'), left.runs[0]?.hint ?? '');
    byId('left').replaceChildren(table('Files left in the drop folder', ['File', 'Why', 'Seen'],
      left.runs.map(run => [run.file, run.message, time(run.started_ms)])));
    // A card that stays keeps what was typed into it.
    const keep = new Set(rejected.runs.map(run => run.run_id));
    for (const [id, node] of cards) {
      if (!keep.has(id) && !node.contains(document.activeElement)) cards.delete(id);
    }
    for (const run of rejected.runs) {
      // The first event of a rejection has no reason yet.
      const about = run.message + run.hint;
      if (cards.get(run.run_id)?.dataset.about !== about) {
        cards.set(run.run_id, card(run, here));
        cards.get(run.run_id).dataset.about = about;
      }
    }
    const wanted = rejected.runs.map(run => cards.get(run.run_id));
    const logs = byId('logs');
    if (wanted.length !== logs.children.length || wanted.some((node, i) => node !== logs.children[i])) logs.replaceChildren(...wanted);
    say(byId('state'), rejected.total || left.total
      ? `${count(rejected.total)} rejected, ${count(left.total)} left in the drop folder` : 'Nothing is rejected or left.');
    byId('newer').disabled = page === 1;
    byId('older').disabled = page * SIZE >= rejected.total;
    if (!document.body.dataset.loaded) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    say(byId('state'), `The logs could not be loaded: ${failed.message}`);
  } finally {
    loading = false;
    if (again) {
      again = false;
      load();
    }
  }
}

byId('newer').addEventListener('click', () => { page = Math.max(1, page - 1); load(); });
byId('older').addEventListener('click', () => { page++; load(); });
load();
follow(board => { if (board.version !== version) load(); });
