/* The preview follows what is typed, and a placeholder is put where one was writing. */

class Words {
    constructor(form) {
        this.form = form;
        this.preview = document.querySelector('[data-preview]');
        this.field = form.elements.body;
        form.addEventListener('focusin', ({ target }) => {
            if (['subject', 'body', 'call'].includes(target.name)) this.field = target;
        });
        form.addEventListener('input', () => this.soon());
        document.querySelectorAll('.placeholders code').forEach((code) => this.offer(code));
    }

    soon() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), 600);
    }

    async ask() {
        this.asked?.abort();
        this.asked = new AbortController();
        this.preview.setAttribute('aria-busy', 'true');
        const data = new FormData(this.form);
        data.set('do', 'preview');
        try {
            const response = await fetch(window.location.href, { method: 'POST', body: data, signal: this.asked.signal });
            const page = new DOMParser().parseFromString(await response.text(), 'text/html');
            const found = page.querySelector('[data-preview]');
            if (response.ok && found) this.show(found);
        } catch (error) {
            if (error.name === 'AbortError') return; // A later question is on its way.
        }
        this.preview.removeAttribute('aria-busy');
    }

    /* What was folded stays folded, and what was open stays open. */
    show(found) {
        const open = [...this.preview.querySelectorAll('details')].map((one) => one.open);
        found.querySelectorAll('details').forEach((one, at) => { one.open = open[at] ?? one.open; });
        this.preview.replaceChildren(...found.childNodes);
    }

    offer(code) {
        const button = document.createElement('button');
        button.type = 'button';
        button.addEventListener('click', () => this.put(code.textContent));
        code.before(button);
        button.append(code);
    }

    put(placeholder) {
        this.field.focus();
        this.field.setRangeText(placeholder, this.field.selectionStart, this.field.selectionEnd, 'end');
        this.field.dispatchEvent(new Event('input', { bubbles: true }));
    }
}

const form = document.querySelector('[data-words-form]');
if (form) new Words(form);
