import { startForm } from './actions.js';
import { byId, count, el, follow, getJson, plural, recipePage, say, state, table, time } from './shared.js';

const SIZE = 50;
const form = byId('filters');
let page = 1;

function row(run) {
  return [
    el('a', { href: recipePage(run) }, run.run),
    run.recipe,
    run.shop ?? 'started by hand',
    state(run),
    time(run.started_ms),
    time(run.ended_ms),
    count(run.steps_done),
    (run.retries ? `${plural(run.retries, 'retry', 'retries')}. ` : '') + run.message];
}

async function load() {
  const recipe = form.elements.recipe.value;
  try {
    const answer = await getJson(`/api/v1/recipes?${new URLSearchParams({ page, size: SIZE, recipe })}`);
    byId('runs').replaceChildren(table('Runs of recipes, newest first',
      ['Run', 'Recipe', 'Shop', 'State', 'Started', 'Ended', 'Steps done#', 'Message'], answer.runs.map(row)));
    const names = ['', ...answer.recipes];
    const select = form.elements.recipe;
    if (names.join('\n') !== [...select.options].map(option => option.value).join('\n')) {
      select.replaceChildren(...names.map(name => el('option', { value: name }, name || 'all')));
      select.value = recipe;
    }
    const first = (page - 1) * SIZE + 1;
    say(byId('state'), answer.total
      ? `${count(first)} to ${count(Math.min(answer.total, first + SIZE - 1))} of ${count(answer.total)}`
      : 'No recipe has run yet.');
    byId('newer').disabled = page === 1;
    byId('older').disabled = page * SIZE >= answer.total;
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    say(byId('state'), `The runs could not be loaded: ${failed.message}`);
  }
}

form.addEventListener('input', () => { page = 1; load(); });
form.addEventListener('submit', event => event.preventDefault());
byId('newer').addEventListener('click', () => { page = Math.max(1, page - 1); load(); });
byId('older').addEventListener('click', () => { page++; load(); });
startForm(byId('start'), load);
load();
follow(() => {});
