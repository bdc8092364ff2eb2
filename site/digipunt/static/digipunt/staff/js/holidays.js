/* One button per holiday that ticks what would be open; without it one ticks by hand. */

for (const button of document.querySelectorAll("[data-tick-open]")) {
    const boxes = button.closest("fieldset").querySelectorAll("[data-opens]");
    if (boxes.length < 2) continue;
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
        for (const box of boxes) box.checked = true;
    });
}
