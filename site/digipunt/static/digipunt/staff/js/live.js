/* One Stimulus controller for the desk and the workbench: forms inside it are sent in the background,
   the region is replaced by the region of the answer, the status sentence is spoken, and focus is put back.
   Without it every form still works as an ordinary page load. */
class LiveController extends window.StimulusModule.Controller {
    static targets = ['region', 'status', 'field', 'scan', 'point', 'tickAll', 'primary'];

    static values = { confirm: String };

    connect() {
        this.queue = Promise.resolve();
        if (this.hasFieldTarget) this.fieldTarget.focus();
    }

    submit(event) {
        event.preventDefault();
        const form = event.target;
        const { submitter } = event;
        let typed = null;
        if (this.hasScanTarget && form === this.scanTarget) {
            // Emptied at once: a quick second scan must not be glued to the first.
            typed = this.fieldTarget.value.trim();
            this.fieldTarget.value = '';
            if (!typed) return; // Scanners that end with CR and LF press Enter twice.
        }
        // One after the other, so that the second scan knows what the first put on the table.
        this.queue = this.queue.then(() => this.send(form, submitter, typed)).catch(() => {
            window.location.reload();
        });
    }

    /* The printed OK card presses the button, where the lending point allows that. */
    confirmable() {
        return this.hasPrimaryTarget && 'confirmByCard' in this.primaryTarget.dataset;
    }

    async send(form, submitter, typed) {
        if (typed && typed.toUpperCase() === this.confirmValue && this.confirmable()) {
            this.pointTargets.forEach((point) => { point.checked = true; });
            return this.send(this.primaryTarget.form, this.primaryTarget, null);
        }
        const data = new FormData(form, submitter);
        if (typed !== null) data.set('code', typed);
        const get = form.method === 'get';
        const url = new URL(form.action);
        if (get) url.search = new URLSearchParams(data);
        this.element.setAttribute('aria-busy', 'true');
        const response = await fetch(url, get ? {} : { method: 'POST', body: data });
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        return this.show(page, response.url, submitter);
    }

    show(page, url, submitter) {
        const region = page.getElementById(this.regionTarget.id);
        if (!region) return window.location.assign(url); // Logged out, for instance.
        const next = this.placeOf(submitter);
        this.regionTarget.innerHTML = region.innerHTML;
        const status = page.querySelector('[data-digipunt-live-target="status"]');
        if (status) {
            this.statusTarget.className = status.className;
            this.statusTarget.textContent = '';
            // A change of text is spoken, also when the sentence is the same as before.
            window.setTimeout(() => { this.statusTarget.textContent = status.textContent; }, 50);
        }
        document.title = page.title;
        window.history.replaceState({}, '', url);
        this.element.removeAttribute('aria-busy');
        return this.focusAgain(next);
    }

    /* Which list the button was in, and how far down, so that focus can go to what took its place. */
    placeOf(submitter) {
        const list = submitter?.closest('[data-digipunt-live-list]');
        if (!list) return null;
        const items = [...list.querySelectorAll('[data-digipunt-live-item]')];
        return { id: list.id, index: items.indexOf(submitter.closest('[data-digipunt-live-item]')) };
    }

    focusAgain(place) {
        if (this.hasFieldTarget) return this.fieldTarget.focus();
        const list = place && document.getElementById(place.id);
        if (!list) return null;
        const items = list.querySelectorAll('[data-digipunt-live-item]');
        const item = items[Math.min(place.index, items.length - 1)];
        return (item?.querySelector('button') || list).focus();
    }

    tickAll() {
        this.pointTargets.forEach((point) => { point.checked = true; });
        this.primaryTarget.focus();
    }
}

window.wagtail.app.register('digipunt-live', LiveController);
