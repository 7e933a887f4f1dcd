import { byId, el, follow, getJson, plural, say, table, time } from './shared.js';

function row(entry) {
  const what = Object.entries(entry.what ?? {}).map(([name, value]) => `${name}: ${value}`).join(', ');
  const left = entry.left_out_before ? `${plural(entry.left_out_before, 'earlier refused act')} not listed. ` : '';
  return [time(Date.parse(entry.at)), entry.who, entry.act, what,
    entry.outcome === 'done' ? 'done' : el('strong', {}, `refused (${entry.status})`), left + entry.answer];
}

async function load() {
  try {
    const answer = await getJson('/api/v1/audit?size=200');
    byId('entries').replaceChildren(table('Acts, newest first', ['When', 'Who', 'Act', 'What', 'Outcome', 'Answer'], answer.entries.map(row)));
    say(byId('state'), answer.entries.length ? `the last ${plural(answer.entries.length, 'entry', 'entries')} of audit.jsonl in the data directory`
      : 'Nothing was done here yet.');
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    say(byId('state'), `The entries could not be loaded: ${failed.message}`);
  }
}

load();
follow(() => {});
