// What is around the sections of a run: the list of contents, which stays at the top, and the first line on paper.
import { byId, el, logName } from './shared.js';

/** Writes the line that says on paper whose run this is. */
export function cover(run) {
  byId('cover').textContent = [logName(run), run.vehicle && `bike ${run.vehicle}`, `shop ${run.shop}`,
    run.cell && `cell ${run.cell}`, run.started_ms && new Date(run.started_ms).toLocaleDateString('sv')].filter(Boolean).join(', ');
}

function headline() {
  const figures = [...document.querySelectorAll('#verdict .figure')].slice(0, 2);
  return figures.map(figure => `${figure.querySelector('h2').textContent} ${figure.querySelector('.big').textContent}`).join(', ');
}

/** Lists the sections that are shown. */
function list() {
  const sections = [...document.querySelectorAll('main > section[aria-labelledby]')].filter(section => section.offsetParent);
  const links = [['title', byId('title').textContent], ...sections.map(section => {
    const heading = byId(section.getAttribute('aria-labelledby'));
    return [heading.id, heading.textContent];
  })];
  const nav = byId('contents');
  const now = JSON.stringify([links, headline()]);
  nav.hidden = sections.length === 0;
  // The observer sees this change too.
  if (nav.dataset.shown === now) return;
  nav.dataset.shown = now;
  nav.replaceChildren(...links.map(([id, text]) => el('a', { href: `#${id}` }, text)), el('span', { class: 'headline' }, headline()));
}

new MutationObserver(list).observe(document.querySelector('main'), { childList: true, subtree: true });
list();
