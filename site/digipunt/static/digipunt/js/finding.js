// The list answers without a new page: the same address is fetched and its parts are put in place.
// The form stays where it is, and so does the focus; the address carries the question.
const form = document.querySelector("form[data-live]");
const list = document.getElementById("lijst");
const parts = (form?.dataset.live || "gevonden plaatsen kaart").split(" ");
let asking = null;
let answered = location.search;

function question() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) asked.append(name, value);
  const text = asked.toString();
  return location.pathname + (text ? `?${text}` : "");
}

// The boxes as the address says: for who goes back to an earlier question.
function fill(answer) {
  for (const field of form.querySelectorAll("[name]")) {
    const same = answer.querySelector(`form[data-live] [name="${field.name}"][value="${CSS.escape(field.value)}"]`);
    if (field.type === "checkbox") field.checked = same?.hasAttribute("checked") ?? false;
    else if (field.tagName === "SELECT") {
      const chosen = answer.querySelector(`form[data-live] select[name="${field.name}"] option[selected]`);
      field.value = chosen?.value ?? field.options[0].value;
    }
    else field.value = answer.querySelector(`form[data-live] [name="${field.name}"]`)?.getAttribute("value") ?? "";
  }
}

async function show(address) {
  asking?.abort();
  const turn = new AbortController();
  asking = turn;
  list.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: turn.signal, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.status);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn.signal.aborted) return null;
    if (!parts.every((id) => answer.getElementById(id))) throw new Error("no list");
    for (const id of parts) document.getElementById(id).replaceChildren(...answer.getElementById(id).childNodes);
    list.className = answer.getElementById("lijst").className;
    list.removeAttribute("aria-busy");
    answered = new URL(address, location).search;
    document.dispatchEvent(new CustomEvent("digipunt:list"));
    return answer;
  } catch (trouble) {
    if (trouble.name !== "AbortError") location.assign(address); // then the usual way
    return null;
  }
}

async function ask() {
  const address = question();
  if (await show(address)) history.pushState(null, "", address);
}

if (form && list && parts.every((id) => document.getElementById(id))) {
  form.addEventListener("change", (event) => {
    if (event.target.name !== "q") ask();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (list.getBoundingClientRect().top > innerHeight / 2) {
      list.scrollIntoView({ behavior: calm ? "auto" : "smooth" });
    }
  });
  addEventListener("popstate", async () => {
    if (location.search === answered) return; // only another place on this page
    const answer = await show(location.pathname + location.search);
    if (answer) fill(answer);
  });
}
