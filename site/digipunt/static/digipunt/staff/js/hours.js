/* Lines of hours are added, doubled, copied and taken away in the week that the server drew.
   Without this the lines that are there can be changed, and empty ones stand below to fill in. */

const show = (element, yes = true) => { if (element) element.hidden = !yes; };

class HoursEditor {
    constructor(element) {
        this.element = element;
        this.prefix = element.dataset.prefix;
        this.total = element.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
        this.sections = [...element.querySelectorAll('[data-hours-section]')];
        this.another = element.querySelector('[data-hours-another]');
        this.dialog = element.querySelector('template[data-hours-copy]').content.firstElementChild.cloneNode(true);
        document.body.append(this.dialog); // Outside the form: Enter in it must not save the place.

        element.querySelectorAll('[data-hours-script]').forEach((one) => show(one));
        element.querySelectorAll('[data-hours-line]').forEach((line) => this.dress(line));
        element.addEventListener('click', (event) => this.clicked(event));
        element.addEventListener('change', (event) => this.anchored(event));
        element.closest('form').addEventListener('submit', () => this.forgetBlankLines());
        this.dialog.querySelector('[data-copy-do]').addEventListener('click', () => this.copy());
        this.dialog.querySelector('[data-copy-close]').addEventListener('click', () => this.dialog.close());
        if (this.another) this.another.addEventListener('change', () => this.reveal(this.sectionOf(this.another.value)));
        this.refresh();
    }

    /* What is typed in one field of a line, by the name of the field. */
    static field(line, name) { return line.querySelector(`[name$="-${name}"]`); }

    sectionOf(service) { return this.sections.find((one) => one.dataset.hoursSection === service); }

    dress(line) {
        show(line.querySelector('[data-hours-delete]'), false);
        show(line.querySelector('[data-hours-double]'));
        this.mark(line);
    }

    mark(line) {
        const gone = HoursEditor.field(line, 'DELETE').checked;
        line.classList.toggle('is-gone', gone);
        show(line, !gone || 'saved' in line.dataset);
        show(line.querySelector('[data-hours-remove]'), !gone);
        show(line.querySelector('[data-hours-undo]'), gone);
    }

    /* Which services can still be asked for, and what can be copied. */
    refresh() {
        for (const day of this.element.querySelectorAll('[data-hours-day]')) {
            show(day.querySelector('[data-hours-copy-day]'), this.linesIn(day).length > 0);
        }
        for (const section of this.sections) {
            show(section.querySelector('[data-hours-copy-all]'), this.linesIn(section).length > 0);
        }
        if (!this.another) return;
        const hidden = this.sections.filter((one) => one.hidden);
        this.another.replaceChildren(this.another.options[0], ...hidden.map(
            (one) => new Option(one.dataset.name, one.dataset.hoursSection)
        ));
        this.another.value = '';
        show(this.another.parentElement, hidden.length > 0);
    }

    linesIn(element) {
        return [...element.querySelectorAll('[data-hours-line]')]
            .filter((line) => !HoursEditor.field(line, 'DELETE').checked);
    }

    reveal(section) {
        if (!section) return;
        show(section);
        this.refresh();
        section.querySelector('[data-hours-add]').focus();
    }

    clicked(event) {
        const button = event.target.closest('button');
        if (!button) return;
        const data = button.dataset;
        const line = button.closest('[data-hours-line]');
        if ('hoursAdd' in data) {
            const added = this.add(button.closest('[data-hours-section]'), data.hoursAdd, {
                weekday: button.closest('[data-hours-day]')?.dataset.hoursDay,
            });
            this.firstField(added).focus();
        } else if ('hoursRemove' in data) this.remove(line, true);
        else if ('hoursUndo' in data) this.remove(line, false);
        else if ('hoursDouble' in data) this.double(line);
        else if ('hoursCopyDay' in data) this.ask(button, button.closest('[data-hours-day]'));
        else if ('hoursCopyAll' in data) this.ask(button, button.closest('[data-hours-section]'));
        else return;
        this.changed();
    }

    firstField(line) { return line.querySelector('input:not([type=hidden]), select'); }

    changed() {
        this.refresh();
        // For whoever listens to the form: the preview, and the warning about what is not saved.
        this.total.dispatchEvent(new Event('change', { bubbles: true }));
    }

    add(section, kind, values) {
        const template = this.element.querySelector(`template[data-hours-template="${kind}"]`);
        const number = Number(this.total.value);
        const holder = document.createElement('ul');
        holder.innerHTML = template.innerHTML.replaceAll('__prefix__', number);
        const line = holder.firstElementChild;
        this.total.value = number + 1;
        const all = { service: section.dataset.hoursSection, interval: 2, ...values };
        for (const [name, value] of Object.entries(all)) HoursEditor.write(line, name, value);
        const day = section.querySelector(`[data-hours-day="${values.weekday}"] [data-hours-list]`);
        const place = kind === 'weekly' ? day : section.querySelector('[data-hours-others]');
        place.append(line);
        this.dress(line);
        show(section);
        return line;
    }

    static write(line, name, value) {
        const field = HoursEditor.field(line, name);
        if (!field || value === undefined) return;
        if (field.type === 'checkbox') field.checked = value;
        else field.value = value;
        if (value && name.startsWith('valid_')) field.closest('details').open = true;
    }

    static values(line) {
        const names = ['weekday', 'interval', 'anchor', 'nth', 'day', 'opens', 'closes', 'valid_from', 'valid_until'];
        const found = { by_appointment: HoursEditor.field(line, 'by_appointment').checked };
        for (const name of names) {
            const field = HoursEditor.field(line, name);
            if (field) found[name] = field.value;
        }
        return found;
    }

    remove(line, gone) {
        const list = line.closest('[data-hours-section]');
        const near = line.closest('[data-hours-day]') || list;
        HoursEditor.field(line, 'DELETE').checked = gone;
        this.mark(line);
        const undo = line.querySelector('[data-hours-undo]');
        if (!gone) this.firstField(line).focus();
        else if (!line.hidden) undo.focus();
        else near.querySelector('[data-hours-add]').focus();
    }

    /* All of it but the date: two lines on one date would only overlap. */
    double(line) {
        const added = this.add(line.closest('[data-hours-section]'), line.dataset.hoursLine, {
            ...HoursEditor.values(line), day: '',
        });
        line.after(added);
        this.firstField(added).focus();
    }

    ask(button, from) {
        const section = button.closest('[data-hours-section]');
        const days = this.dialog.querySelector('[data-copy-days]');
        this.from = from;
        this.dialog.querySelector('.hours-copy__heading').textContent = button.dataset.heading;
        show(days, 'hoursDay' in from.dataset);
        for (const box of days.querySelectorAll('input')) {
            box.checked = false;
            show(box.parentElement, box.value !== from.dataset.hoursDay || Boolean(this.services));
        }
        if (this.services) {
            const other = this.sections.find((one) => one !== section);
            this.services.value = ('hoursDay' in from.dataset ? section : other).dataset.hoursSection;
        }
        this.dialog.showModal();
    }

    get services() { return this.dialog.querySelector('[data-copy-service]'); }

    copy() {
        const target = this.services ? this.sectionOf(this.services.value) : this.sections[0];
        const boxes = [...this.dialog.querySelectorAll('[data-copy-days] input:checked')];
        const one = 'hoursDay' in this.from.dataset;
        for (const line of this.linesIn(this.from)) {
            const values = HoursEditor.values(line);
            const days = one ? boxes.map((box) => box.value) : [values.weekday];
            for (const weekday of days) this.copyLine(line, target, { ...values, weekday });
        }
        this.dialog.close();
        this.changed();
    }

    copyLine(line, target, values) {
        const same = JSON.stringify(values, Object.keys(values).sort());
        const there = this.linesIn(target).some((other) => {
            const found = HoursEditor.values(other);
            return other.dataset.hoursLine === line.dataset.hoursLine
                && JSON.stringify(found, Object.keys(found).sort()) === same;
        });
        if (!there) this.add(target, line.dataset.hoursLine, values);
    }

    /* The day of the week follows from the first date, as long as nobody chose another one. */
    anchored(event) {
        const line = event.target.closest('[data-hours-line]');
        if (!line || !event.target.name.endsWith('-anchor') || !event.target.value) return;
        const weekday = HoursEditor.field(line, 'weekday');
        if (!weekday.value) weekday.value = (new Date(`${event.target.value}T12:00`).getDay() + 6) % 7;
    }

    /* A line that was added and never filled in is no mistake. */
    forgetBlankLines() {
        for (const line of this.element.querySelectorAll('[data-hours-line]:not([data-saved])')) {
            const typed = ['opens', 'closes', 'day', 'anchor', 'nth', 'valid_from', 'valid_until']
                .some((name) => HoursEditor.field(line, name)?.value);
            if (!typed) HoursEditor.field(line, 'DELETE').checked = true;
        }
    }
}

document.querySelectorAll('[data-hours]').forEach((element) => new HoursEditor(element));
