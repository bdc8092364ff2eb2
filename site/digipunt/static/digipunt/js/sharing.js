// One button that copies the address of the page. Without it the address stands there to read.
const said = document.querySelector("[data-copied-said]");
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only where the connection is safe
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = button.dataset.copied;
    } catch {
      said.textContent = "";
    }
  });
}
