// What the page can change. Every act is a POST with the secret of this start, and is answered with the command that does the same.
import { copy, count, el, getJson, logName, runPage, say } from './shared.js';

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
  if (run.code === 'MISSING_COLUMNS') {
    for (const key of ['columns', 'afr_targets']) if (!named.some(each => each.key === key)) named.push({ key });
  }
  return named;
}

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
  container.hidden = !parts.length;
  container.replaceChildren(el('h2', { id: 'actions-title' }, 'Actions'), ...parts);
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
    el('label', {}, 'Shop ', place('shop')), el('label', {}, 'Cell ', place('cell')),
    el('label', {}, 'Logs ', chosen), el('button', { class: 'primary' }, 'Drop'),
    el('details', {}, el('summary', {}, 'Options for these logs'), fields.node),
    el('p', { class: 'quiet' }, `Or drag logs here, or put them into ${here.drop}.`));
  const sendAll = async files => {
    const to = { shop: form.elements.shop.value.trim(), cell: form.elements.cell.value.trim() };
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
