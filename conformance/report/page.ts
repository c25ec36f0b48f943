/** # How the page looks, and how its table is sorted */

export const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --good: #116329; --bad: #b3261e; --warn: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #161b22; --good: #56d364; --bad: #ff7b72; --warn: #e3b341; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
h1.pass, .pass td:first-child { color: var(--good); }
h1.fail, .fail td:first-child { color: var(--bad); }
.known td:first-child, .none td:first-child { color: var(--warn); }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; margin: 0 0 1rem; }
dl div { display: flex; gap: .4rem; }
dt { opacity: .7; }
dd { margin: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .7rem; text-align: left; white-space: nowrap; }
tbody th { font-weight: normal; }
td { font-variant-numeric: tabular-nums; }
thead button { all: unset; cursor: pointer; }
thead button:focus-visible { outline: 2px solid; }
th[aria-sort=ascending] button::after { content: " ▲"; }
th[aria-sort=descending] button::after { content: " ▼"; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; padding: .7rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
`;

/** Headers become buttons: the first click sorts downwards, the next one the other way. */
export const SCRIPT = `
for (const [at, head] of document.querySelectorAll('thead th').entries()) {
  const button = document.createElement('button');
  button.textContent = head.textContent || 'status';
  head.replaceChildren(button);
  const key = (row) => row.cells[at].dataset.key ?? row.cells[at].textContent;
  const compare = (a, b) => key(a) - key(b) || String(key(a)).localeCompare(key(b));
  button.onclick = () => {
    const up = head.ariaSort !== 'ascending';
    for (const other of document.querySelectorAll('thead th')) other.ariaSort = null;
    head.ariaSort = up ? 'ascending' : 'descending';
    const body = document.querySelector('tbody');
    body.append(...[...body.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
  };
}
`;
