/* The preview follows what is typed: asked again when the typing rests, and told in one sentence. */

class HoursPreview {
    constructor(element) {
        this.url = element.dataset.hoursPreview;
        this.body = element.querySelector('[data-hours-body]');
        this.status = element.querySelector('[data-hours-status]');
        this.form = element.closest('form');
        this.form.addEventListener('input', () => this.soon());
        this.form.addEventListener('change', () => this.soon());
        this.body.addEventListener('click', (event) => HoursPreview.goTo(event));
    }

    soon() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), 400);
    }

    async ask() {
        this.asked?.abort();
        this.asked = new AbortController();
        this.body.setAttribute('aria-busy', 'true');
        try {
            const response = await fetch(this.url, {
                method: 'POST',
                body: this.typed(),
                headers: { 'X-Requested-With': 'XMLHttpRequest' },
                signal: this.asked.signal,
            });
            const page = new DOMParser().parseFromString(await response.text(), 'text/html');
            const found = page.querySelector('[data-summary]');
            if (response.ok && found) this.tell(found);
            else this.say(this.status.dataset.stale);
        } catch (error) {
            if (error.name === 'AbortError') return; // A later question is on its way.
            this.say(this.status.dataset.stale);
        }
        this.body.removeAttribute('aria-busy');
    }

    /* Lines without anything typed are left out, as they are when one saves. */
    typed() {
        const data = new FormData(this.form);
        for (const line of this.form.querySelectorAll('[data-hours-line]:not([data-saved])')) {
            const name = line.querySelector('[name$="-opens"]').name.replace(/opens$/, '');
            const empty = !['opens', 'closes', 'day', 'anchor', 'nth', 'valid_from', 'valid_until'].some((one) => data.get(name + one));
            if (empty) data.set(`${name}DELETE`, 'on');
        }
        return data;
    }

    tell(found) {
        this.body.replaceChildren(found);
        this.say(found.dataset.summary);
    }

    /* Only what is new is read aloud. */
    say(sentence) {
        if (this.status.textContent !== sentence) this.status.textContent = sentence;
    }

    /* A link to a field that is folded away would lead nowhere. */
    static goTo(event) {
        const link = event.target.closest('[data-hours-goto]');
        const field = link && document.getElementById(link.dataset.hoursGoto);
        if (!field) return;
        event.preventDefault();
        const folded = field.closest('details');
        if (folded) folded.open = true;
        field.focus();
    }
}

document.querySelectorAll('[data-hours-preview]').forEach((element) => new HoursPreview(element));
