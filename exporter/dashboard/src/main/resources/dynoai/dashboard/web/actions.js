// What the page can change. Every act is a POST with the secret of this start, and is answered with the command that does the same.
import { copy, count, el, getJson, logName, recipePage, runPage, say, signed, table, time } from './shared.js';

let offered;

/** Returns what this server takes, with the secret; it is asked once. */
export const offers = () => offered ??= getJson('/api/v1/acts');

function send(address, type, body, secret, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Content-Type', type);
    request.setRequestHeader('X-DynoAI-Secret', secret);
    if (onProgress) request.upload.addEventListener('progress', event => onProgress(event.loaded, event.total));
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener('error', () => reject(new Error('the connection was lost')));
    request.send(body);
  });
}

/** Sends an act; after a restart of the server it has another secret, so it is tried once more. */
async function post(address, type, body, onProgress) {
  const { secret } = await offers();
  let answer = await send(address, type, body, secret, onProgress);
  if (answer.status === 403) {
    offered = undefined;
    const fresh = (await offers()).secret;
    if (fresh !== secret) answer = await send(address, type, body, fresh, onProgress);
  }
  if (answer.status !== 200) throw new Error(answer.text.trim() || `status ${answer.status}`);
  return JSON.parse(answer.text);
}

export const act = (name, parameters) =>
  post(`/api/v1/acts/${name}`, 'application/json', JSON.stringify(parameters));

export const drop = (file, target, options, onProgress) => {
  const query = new URLSearchParams({ name: file.name });
  for (const [name, value] of Object.entries(target)) if (value) query.set(name, value);
  for (const [name, value] of Object.entries(options)) query.set(`option.${name}`, value);
  return post(`/api/v1/acts/drop?${query}`, 'application/octet-stream', file, onProgress);
};

/** Shows a command line with a button that copies it. */
export function commandLine(text) {
  const button = el('button', { type: 'button' }, 'Copy');
  button.addEventListener('click', () => copy(text, button));
  return el('p', { class: 'command' }, el('code', {}, text), ' ', button);
}

function outcome(target, answer, ...more) {
  target.replaceChildren(el('p', {}, `Done: ${answer.done}.`), ...more,
    el('p', { class: 'quiet' }, 'The same on the command line:'), commandLine(answer.command));
}

function failure(target, failed) {
  target.replaceChildren(el('p', { class: 'refused' }, `Refused: ${failed.message}`));
}

/** Runs an act of a form once, with its button disabled meanwhile. */
function onSubmit(form, target, work) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector('button:not([type=button])');
    button.disabled = true;
    try {
      await work(button);
    } catch (failed) {
      failure(target, failed);
    } finally {
      button.disabled = false;
    }
  });
}

const region = label => el('div', { class: 'outcome', role: 'status', 'aria-live': 'polite', 'aria-label': label });

/** Makes the fields of options: one row each, of those that were suggested, and a button for more. */
export function optionFields(all, suggested) {
  const rows = el('div', { class: 'options' });
  const add = (key, value) => {
    const field = el('span', { class: 'value' });
    const name = el('select', { 'aria-label': 'Option' }, all.map(option => el('option', { value: option.key }, option.key)));
    const show = () => {
      const option = all.find(each => each.key === name.value);
      field.replaceChildren(option.choices.length
        ? el('select', { 'aria-label': option.key }, option.choices.map(choice => el('option', {}, choice)))
        : el('input', { 'aria-label': option.key, placeholder: option.accepts.slice(0, 40), autocomplete: 'off' }));
      field.title = `${option.meaning} Takes ${option.accepts}.`;
      if (value !== undefined) field.firstChild.value = value;
      value = undefined;
    };
    const remove = el('button', { type: 'button' }, 'Leave out');
    const row = el('div', { class: 'option' }, name, ' ', field, ' ', remove);
    name.value = key;
    name.addEventListener('change', show);
    remove.addEventListener('click', () => row.remove());
    show();
    rows.append(row);
  };
  for (const { key, value } of suggested) add(key, value);
  const more = el('button', { type: 'button' }, 'Add an option');
  more.addEventListener('click', () => add(all[0].key));
  const values = () => Object.fromEntries([...rows.querySelectorAll('.option')]
    .map(row => [row.querySelector('select').value, row.querySelector('.value').firstChild.value.trim()])
    .filter(([, value]) => value !== ''));
  return { node: el('div', {}, rows, more), values };
}

/** Returns the options that a reason names, with the value it suggests. */
export function corrections(run, all) {
  const text = `${run.hint} ${run.message}`;
  const named = all.filter(option => new RegExp(`${option.flag}(?![a-z-])`).test(text) || option.key === run.column)
    .map(option => ({ key: option.key, value: new RegExp(`${option.flag}[ =]([^ ",;.]+)`).exec(text)?.[1] }));
  // Only what cannot change a result by itself: an empty field is left out.
  if (run.code === 'MISSING_COLUMNS' && !named.some(each => each.key === 'columns')) named.push({ key: 'columns' });
  return named;
}

const apiTables = run => `/api/v1/tables/${encodeURIComponent(run.shop)}/${encodeURIComponent(run.run_id)}`;

/** Makes the form that puts a rejected log back with other options. */
export function requeueForm(run, { options }) {
  const fields = optionFields(options, corrections(run, options));
  const target = region('Result of putting back');
  const form = el('form', { class: 'act', 'data-act': 'requeue' }, fields.node,
    el('p', {}, el('button', { class: 'primary' }, 'Put it back with these options')));
  onSubmit(form, target, async () => {
    outcome(target, await act('requeue', { run_id: run.run_id, options: fields.values() }));
    form.hidden = true;
  });
  return el('div', {}, form, target);
}

function replayForm(run, { options }) {
  const fields = optionFields(options, [{ key: 'clamp' }]);
  const target = region('Result of the replay');
  const form = el('form', { class: 'act', 'data-act': 'replay' },
    el('p', { class: 'quiet' }, 'Analyses the stored log again as a new run. Options that are not listed keep their values.'),
    fields.node, el('p', {}, el('button', { class: 'primary' }, 'Replay with these options')));
  onSubmit(form, target, async () => {
    const answer = await act('replay', { run_id: run.run_id, options: fields.values() });
    outcome(target, answer, el('p', {}, el('a', { href: runPage(run.shop, answer.run_id) }, 'The new run')));
  });
  return el('details', {}, el('summary', {}, 'Replay with other options'), form, target);
}

const FATES = { changed: 'changed', at_clamp: 'cut at the clamp', left_alone: 'left as they are: few samples', unchanged: 'without a correction', empty: 'empty' };

/** Shows the changes of a table, cell by cell. */
function changes(preview) {
  const rpm = [...new Set(preview.cells.map(cell => cell.rpm))];
  const kpa = [...new Set(preview.cells.map(cell => cell.kpa))];
  const at = new Map(preview.cells.map(cell => [`${cell.rpm} ${cell.kpa}`, cell]));
  const text = cell => cell.new === null ? '' : [el('b', {}, cell.new.toFixed(2)),
    el('span', { class: 'quiet' }, cell.clamped ? ` ${signed(cell.clamped)} %` : cell.fate === 'left_alone' ? ' kept' : '')];
  return [el('p', {}, Object.entries(preview.counts).filter(([, n]) => n).map(([fate, n]) => `${count(n)} ${FATES[fate]}`).join(', '), '.'),
    table('New values with their change; rpm by kPa', ['rpm \\ kPa', ...kpa.map(each => `${each}#`)],
      rpm.map(r => [r, ...kpa.map(k => el('span', {}, text(at.get(`${r} ${k}`))))]))];
}

function tableForm(run) {
  const target = region('Result for the VE table');
  const made = el('div', { class: 'outcome' });
  const base = el('textarea', { name: 'base', rows: 4, cols: 50, 'aria-label': 'VE table', placeholder: 'paste the table with its rpm and kPa labels, or choose its file' });
  const file = el('input', { type: 'file', 'aria-label': 'File of the VE table', accept: '.csv,.txt,.tsv' });
  file.addEventListener('change', async () => { if (file.files[0]) base.value = await file.files[0].text(); });
  const known = el('select', { name: 'base_of' }, el('option', { value: '' }, 'the table below'));
  known.addEventListener('change', () => { base.disabled = file.disabled = known.value !== ''; });
  const number = (name, value, min, max) => el('input', { name, type: 'number', value, min, max, step: 'any' });
  const form = el('form', { class: 'act', 'data-act': 'apply' },
    el('label', {}, 'Start from ', known), el('label', {}, 'File ', file), el('div', {}, base),
    el('label', {}, 'Corrections of ', el('select', { name: 'cylinder' },
      el('option', { value: 'front' }, 'front'), el('option', { value: 'rear' }, 'rear'), el('option', { value: '' }, 'both (mean)'))),
    el('label', {}, 'Clamp % ', number('max_adjust_pct', 7, 0.1, 10)), el('label', {}, 'Fewest samples ', number('min_hits', 10, 0, 1000000)),
    el('p', {}, el('button', { value: 'preview' }, 'Preview'), ' ', el('button', { class: 'primary', value: 'apply' }, 'Apply')));
  const parameters = () => ({ shop: run.shop, run_id: run.run_id, cylinder: form.elements.cylinder.value,
    max_adjust_pct: Number(form.elements.max_adjust_pct.value), min_hits: Number(form.elements.min_hits.value),
    ...(known.value ? { base_of: known.value } : { base: base.value }) });
  const address = (id, name) => `${apiTables(run)}/${encodeURIComponent(id)}/${name}`;
  const download = (id, name, words) => el('a', { href: address(id, name), download: `${run.run_id}_${name}` }, words);
  const list = async () => {
    const answer = await getJson(apiTables(run));
    known.replaceChildren(el('option', { value: '' }, 'the table below'),
      ...answer.known.map(each => el('option', { value: each }, `the result of ${each}`)));
    base.disabled = file.disabled = false;
    made.replaceChildren(answer.tables.length ? table('Applied tables', ['When', 'Cylinder', 'Changed#', 'Cut at the clamp#', 'Files', 'Back'], answer.tables.map(each => {
      const back = el('button', { type: 'button' }, 'Roll back');
      back.addEventListener('click', async () => {
        back.disabled = true;
        try {
          outcome(target, await act('rollback', { shop: run.shop, run_id: run.run_id, id: each.id }));
          await list();
        } catch (failed) {
          failure(target, failed);
          back.disabled = false;
        }
      });
      return [time(Date.parse(each.at)), each.cylinder || 'both', count(each.changed), count(each.at_clamp),
        el('span', {}, download(each.id, 'new.csv', 'new table'), ', ', download(each.id, 'new_meta.json', 'metadata'), ', ', download(each.id, 'base.csv', 'base')),
        each.restored ? download(each.id, 'restored.csv', 'restored table') : back];
    })) : '');
  };
  onSubmit(form, target, async button => {
    const answer = await act(button.value, parameters());
    outcome(target, answer, ...changes(answer.preview));
    if (button.value === 'apply') await list();
  });
  const details = el('details', {}, el('summary', {}, 'Apply to a VE table'), form, target, made);
  details.addEventListener('toggle', () => list().catch(failed => failure(target, failed)), { once: true });
  return details;
}

/** Makes the notes about a run and the mark that its corrections were applied. */
function marks(run, { acts }) {
  const target = region('Result of the note');
  const shown = el('div', {});
  const text = el('input', { name: 'text', maxlength: 1000, required: true, autocomplete: 'off' });
  const form = el('form', { class: 'act', 'data-act': 'note' }, el('label', { class: 'grow' }, 'Note ', text), el('button', {}, 'Add the note'));
  const mark = el('button', { type: 'button', 'data-act': 'applied' });
  let applied = false;
  const list = async () => {
    const answer = await getJson(`/api/v1/marks/${encodeURIComponent(run.shop)}/${encodeURIComponent(run.run_id)}`);
    applied = answer.applied_ms !== null;
    mark.textContent = applied ? 'Take the mark back' : 'Mark as applied';
    shown.replaceChildren(el('p', {}, applied ? `Applied ${time(answer.applied_ms)}. ` : 'Not marked as applied. ', acts.includes('applied') ? mark : ''),
      el('ul', {}, answer.notes.map(note => el('li', {}, note.text, el('span', { class: 'quiet' }, ` ${time(note.at_ms)}, ${note.by}`)))));
  };
  const done = async answer => {
    outcome(target, answer);
    await list();
  };
  mark.addEventListener('click', async () => {
    mark.disabled = true;
    try {
      await done(await act('applied', { shop: run.shop, run_id: run.run_id, undo: applied }));
    } catch (failed) {
      failure(target, failed);
    } finally {
      mark.disabled = false;
    }
  });
  onSubmit(form, target, async () => {
    await done(await act('note', { shop: run.shop, run_id: run.run_id, text: text.value }));
    text.value = '';
  });
  list().catch(failed => failure(target, failed));
  return el('div', {}, shown, form, target);
}

/** Shows what can be done with a run. */
export async function runActions(container, run) {
  let here;
  try {
    here = await offers();
  } catch {
    return;
  }
  const parts = [];
  if (run.state === 'rejected' && here.acts.includes('requeue')) {
    parts.push(el('p', {}, el('a', { href: `/api/v1/rejected/${encodeURIComponent(run.run_id)}/log`, download: logName(run) }, 'Download the log')),
      requeueForm(run, here));
  }
  if (run.state === 'duplicate' && run.duplicate_of) {
    parts.push(el('p', {}, 'The same bytes and options as ', el('a', { href: runPage(run.shop, run.duplicate_of) }, run.duplicate_of),
      '. Replay that run to analyse the log again.'));
  }
  if (run.state === 'done' && here.acts.includes('replay')) parts.push(replayForm(run, here));
  if (run.state === 'done' && here.acts.includes('apply')) parts.push(tableForm(run));
  if (run.state === 'done' && here.acts.includes('note')) parts.push(marks(run, here));
  container.hidden = !parts.length;
  container.replaceChildren(el('h2', { id: 'actions-title' }, 'Actions'), ...parts);
}

/** Makes the form that starts a recipe; `started` is called afterwards. */
export async function startForm(container, started) {
  let here;
  try {
    here = await offers();
  } catch {
    return;
  }
  if (!here.acts.includes('start-recipe')) return;
  const recipe = el('select', { name: 'start' }, here.recipes.map(each => el('option', { value: each.name }, each.name)));
  const about = el('p', { class: 'quiet' });
  const fields = el('div', { class: 'inputs' });
  const show = () => {
    const chosen = here.recipes.find(each => each.name === recipe.value);
    about.textContent = chosen.description;
    about.hidden = !chosen.description;
    fields.hidden = !chosen.inputs.length;
    fields.replaceChildren(...chosen.inputs.map(name =>
      el('label', {}, `${name} `, el('input', { name: `inputs.${name}`, maxlength: 4000, required: true, autocomplete: 'off' }))));
  };
  recipe.addEventListener('change', show);
  show();
  const target = region('Result of the start');
  const form = el('form', { class: 'act', 'data-act': 'start-recipe' }, el('label', {}, 'Recipe ', recipe), about, fields,
    el('p', {}, el('button', { class: 'primary' }, 'Start')));
  onSubmit(form, target, async () => {
    const inputs = Object.fromEntries([...fields.querySelectorAll('input')]
      .map(field => [field.name.slice('inputs.'.length), field.value]));
    const answer = await act('start-recipe', { recipe: recipe.value, inputs });
    outcome(target, answer, el('p', {}, el('a', { href: recipePage(answer) }, 'Its run')));
    started();
  });
  container.hidden = false;
  container.replaceChildren(el('h2', { id: 'start-title' }, 'Start a recipe'), form, target);
}

/** Makes the place on the list where logs are dropped. */
export async function dropArea(container) {
  const here = await offers();
  if (!here.acts.includes('drop')) {
    container.replaceChildren(el('p', {}, 'This page only shows runs: put logs into the drop folder.'));
    return;
  }
  const remembered = JSON.parse(localStorage.getItem('dynoai.drop') ?? '{}');
  const chosen = el('input', { type: 'file', name: 'file', multiple: true, accept: '.csv,.txt,.log,.msl,.tsv' });
  const place = name => el('input', { name, autocomplete: 'off', maxlength: 64, pattern: '[A-Za-z0-9_\\-][A-Za-z0-9._\\-]*', value: remembered[name] ?? '' });
  const fields = optionFields(here.options, []);
  const target = el('div', { class: 'outcome', role: 'status', 'aria-live': 'polite', 'aria-label': 'Dropped logs' });
  const form = el('form', { class: 'act drop', 'data-act': 'drop' },
    here.shop ? null : el('label', {}, 'Shop ', place('shop')), el('label', {}, 'Cell ', place('cell')), el('label', {}, 'Bike ', place('bike')),
    el('label', {}, 'Logs ', chosen), el('button', { class: 'primary' }, 'Drop'),
    el('details', {}, el('summary', {}, 'Options for these logs'), fields.node),
    el('p', { class: 'quiet' }, here.drop ? `Or drag logs here, or put them into ${here.drop}.` : 'Or drag logs here.'));
  const sendAll = async files => {
    const to = Object.fromEntries(['shop', 'cell', 'bike'].map(name => [name, form.elements[name]?.value.trim() ?? '']));
    localStorage.setItem('dynoai.drop', JSON.stringify(to));
    for (const file of files) {
      const line = el('div', {}, `${file.name}: `);
      const said = el('span', {}, 'sending');
      line.append(said);
      target.append(line);
      if (file.size > here.max_log_bytes) {
        say(said, `not sent: it has ${count(file.size)} bytes, at most ${count(here.max_log_bytes)} are accepted`);
        continue;
      }
      try {
        const answer = await drop(file, to, fields.values(), (sent, all) => say(said, `${Math.floor(100 * sent / all)} %`));
        say(said, answer.done);
        line.append(commandLine(answer.command));
      } catch (failed) {
        say(said, `refused: ${failed.message}`);
      }
    }
  };
  onSubmit(form, target, async () => { await sendAll([...chosen.files]); chosen.value = ''; });
  for (const name of ['dragenter', 'dragover']) {
    form.addEventListener(name, event => { event.preventDefault(); form.dataset.over = 'true'; });
  }
  form.addEventListener('dragleave', () => delete form.dataset.over);
  form.addEventListener('drop', event => {
    event.preventDefault();
    delete form.dataset.over;
    sendAll([...event.dataTransfer.files]);
  });
  container.replaceChildren(form, target);
}
