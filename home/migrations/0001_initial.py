import datetime
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import home.pages.body
import home.forms.models
import home.newsletter.models.newsletter
import home.core.personal_data
import home.core.phone
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import taggit.managers
import uuid
import wagtail.contrib.forms.models
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('phone', 'Phone'), ('mail', 'E-mail'), ('chat', 'Chat'), ('visit', 'Come by')], max_length=10, verbose_name='kind')),
                ('title', home.core.personal_data.FreeCharField(help_text='For example: Call us.', max_length=40, verbose_name='title')),
                ('value', home.core.personal_data.FreeCharField(help_text='Shown in large type.', max_length=120, verbose_name='number, e-mail address or link text')),
                ('address', models.CharField(blank=True, help_text='Only for a chat or a visit: where does the link go?', max_length=300, validators=[django.core.validators.RegexValidator('^(/(?!/)|https?://)', 'Begin with / for this site, or with https://.')], verbose_name='address')),
                ('hours', home.core.personal_data.FreeCharField(blank=True, help_text='Monday to Friday, 9 to 17.', max_length=120, verbose_name='when')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown')),
            ],
            options={
                'verbose_name': 'way to get help',
                'verbose_name_plural': 'ways to get help',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('phone', 'mail')), models.Q(('address', ''), _negated=True), _connector='OR'), name='help_channel_leads_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='FooterLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(choices=[('about', 'About us'), ('know', 'Good to know'), ('language', 'Explained in your language')], max_length=10, verbose_name='column')),
                ('title', home.core.personal_data.FreeCharField(max_length=60, verbose_name='words')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('address', models.CharField(blank=True, help_text='If there is no page to choose: /attest/ or another site.', max_length=300, validators=[django.core.validators.RegexValidator('^(/(?!/)|https?://)', 'Begin with / for this site, or with https://.')], verbose_name='address')),
                ('language', models.CharField(blank=True, help_text='Language code of the text, if it is not Dutch: fr, en, ar.', max_length=10, verbose_name='language')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'footer link',
                'verbose_name_plural': 'footer links',
                'ordering': ['column', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('page__isnull', True), models.Q(('address', ''), _negated=True)), models.Q(('page__isnull', False), ('address', '')), _connector='OR'), name='footer_link_leads_to_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='CustomImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('alt', home.core.personal_data.FreeCharField(help_text='What the image shows, for people who cannot see it. One sentence.', max_length=250, verbose_name='alternative text')),
                ('credit', home.core.personal_data.FreeCharField(blank=True, help_text='Who made it? Shown under the image.', max_length=120, verbose_name='credit')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'permissions': [('choose_image', 'Can choose image')],
                'constraints': [models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='image_says_what_is_to_be_seen')],
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SponsorLogo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', home.core.personal_data.FreeCharField(max_length=120, verbose_name='name')),
                ('logo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='home.customimage', verbose_name='logo')),
                ('alt', home.core.personal_data.FreeCharField(help_text='For people who cannot see the logo. The name is enough.', max_length=120, verbose_name='alternative text')),
                ('url', models.URLField(blank=True, verbose_name='website')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The last day that the logo is shown. After that it disappears automatically.', null=True, verbose_name='until')),
                ('in_footer', models.BooleanField(default=True, verbose_name='in the footer of every page')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'sponsor logo',
                'verbose_name_plural': 'sponsor logos',
                'ordering': ['position', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='sponsor_says_who_it_is'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='sponsor_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='FormPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', home.core.personal_data.FreeTextField(blank=True, help_text='One or two short sentences under the title. Search engines show them too.', max_length=400, verbose_name='introduction')),
                ('button', home.core.personal_data.FreeCharField(blank=True, help_text='For example: Send.', max_length=40, verbose_name='text on the button')),
                ('privacy', home.core.personal_data.FreeTextField(blank=True, help_text='Shown beside the form. Who reads the answers, and why?', max_length=600, verbose_name='what happens with the answers')),
                ('thanks_title', home.core.personal_data.FreeCharField(blank=True, max_length=80, verbose_name='title of the thank-you page')),
                ('thanks', home.core.personal_data.FreeTextField(blank=True, help_text='And what happens next, and when.', max_length=400, verbose_name='thanks')),
                ('warn', models.EmailField(blank=True, help_text='Gets a mail for each form, without the answers: those are read here.', max_length=254, verbose_name='address to notify')),
                ('keep_months', models.PositiveSmallIntegerField(default=12, help_text='After that they are deleted automatically.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='months to keep the answers')),
                ('receives_error_reports', models.BooleanField(default=False, help_text='The link in the footer of every page.', verbose_name='“Seen a mistake?” leads here')),
                ('aside', home.pages.body.AsideField(blank=True, help_text='Keep it short: what nobody should miss.', verbose_name='beside the form')),
            ],
            options={
                'verbose_name': 'page with a form',
                'verbose_name_plural': 'pages with a form',
                'constraints': [models.CheckConstraint(condition=models.Q(('keep_months__gte', 1), ('keep_months__lte', 60)), name='form_keeps_answers_for_a_while')],
            },
            bases=(wagtail.contrib.forms.models.FormMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='FormField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('clean_name', models.CharField(blank=True, default='', help_text='Safe name of the form field, the label converted to ascii_snake_case', max_length=255, verbose_name='name')),
                ('label', models.CharField(help_text='The label of the form field', max_length=255, verbose_name='label')),
                ('required', models.BooleanField(default=True, verbose_name='required')),
                ('choices', models.TextField(blank=True, help_text='Comma or new line separated list of choices. Only applicable in checkboxes, radio and dropdown.', verbose_name='choices')),
                ('default_value', models.TextField(blank=True, help_text='Default value. Comma or new line separated values supported for checkboxes.', verbose_name='default value')),
                ('help_text', models.CharField(blank=True, max_length=255, verbose_name='help text')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_fields', to='home.formpage')),
                ('field_type', models.CharField(choices=[('singleline', 'One line'), ('multiline', 'Several lines'), ('email', 'E-mail address'), ('phone', 'Telephone number'), ('number', 'Number'), ('date', 'Date'), ('radio', 'One of these'), ('dropdown', 'One of these, in a list'), ('checkboxes', 'Some of these'), ('checkbox', 'A box to tick'), ('page', 'A page of this site: filled in with the page the visitor came from')], max_length=16, verbose_name='kind')),
            ],
            options={
                'ordering': ['sort_order'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.WAGTAIL_PAGE_MODEL)),
                ('submit_time', models.DateTimeField(auto_now_add=True, verbose_name='submit time')),
                ('form_data', home.forms.models.AnswersField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('request_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'form that was sent',
                'verbose_name_plural': 'forms that were sent',
                'default_permissions': ('view', 'delete'),
                'indexes': [models.Index(fields=['page', 'submit_time'], name='submission_page')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='home.customimage')),
            ],
            options={
                'verbose_name': 'rendition',
                'verbose_name_plural': 'renditions',
                'unique_together': {('image', 'filter_spec', 'focal_point_key')},
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='job')),
                ('next_run_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next run')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('runs', models.PositiveBigIntegerField(default=0, verbose_name='runs')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'periodic job',
                'verbose_name_plural': 'periodic jobs',
            },
        ),
        migrations.CreateModel(
            name='MessageSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_from', models.TimeField(default=datetime.time(21, 0), help_text='Enter the same time twice to have no quiet hours.', verbose_name='quiet from')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 0), verbose_name='quiet until')),
            ],
            options={
                'verbose_name': 'message settings',
            },
        ),
        migrations.CreateModel(
            name='MailOutage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('is_over', models.BooleanField(default=False, verbose_name='over')),
                ('reason', models.TextField(verbose_name='reason')),
            ],
            options={
                'verbose_name': 'outage of the mail server',
                'verbose_name_plural': 'outages of the mail server',
                'ordering': ['-began_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_over', False)), fields=('is_over',), name='one_mail_outage_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('is_over', False)), models.Q(('ended_at__isnull', False), ('is_over', True)), _connector='OR'), name='mail_outage_ends_when_it_is_over')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('phone', 'Phone call'), ('letter', 'Letter'), ('text', 'Text message')], max_length=10, verbose_name='channel')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('recipient_name', home.core.personal_data.FreeCharField(blank=True, max_length=200, verbose_name='recipient')),
                ('address', models.CharField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', home.core.phone.PhoneNumberField(blank=True, max_length=40, region=None, verbose_name='phone')),
                ('postal_address', home.core.personal_data.FreeTextField(blank=True, verbose_name='postal address')),
                ('language', models.CharField(blank=True, max_length=8, verbose_name='language of the recipient')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='HTML text')),
                ('context', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='what it is about')),
                ('unsubscribe_url', models.CharField(blank=True, max_length=500, verbose_name='address to unsubscribe')),
                ('location_code', models.CharField(blank=True, max_length=20, verbose_name='code of the location')),
                ('about', models.CharField(blank=True, max_length=60, verbose_name='about')),
                ('key', models.CharField(max_length=150, unique=True, verbose_name='key')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed'), ('done', 'Done')], default='waiting', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='next attempt')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
                ('outcome', models.CharField(blank=True, choices=[('reached', 'Reached'), ('no_answer', 'No answer'), ('call_back', 'Call back')], max_length=10, verbose_name='outcome')),
                ('outcome_note', home.core.personal_data.FreeTextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'next_attempt_at'], name='message_waiting'), models.Index(fields=['location_code', 'state', 'channel'], name='message_location'), models.Index(fields=['about'], name='message_about'), models.Index(fields=['created_at'], name='message_created')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('next_attempt_at__isnull', False), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('next_attempt_at__isnull', True)), _connector='OR'), name='message_waits_for_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'done')), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_has_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('last_error', ''), _negated=True), _connector='OR'), name='message_failed_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'mail'), _negated=True), models.Q(('address', ''), _negated=True), _connector='OR'), name='message_mail_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='MessageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(editable=False, max_length=60, verbose_name='kind')),
                ('language', models.CharField(editable=False, max_length=8, verbose_name='language')),
                ('subject', home.core.personal_data.FreeCharField(max_length=200, verbose_name='subject')),
                ('body', home.core.personal_data.FreeTextField(verbose_name='text')),
                ('call', home.core.personal_data.FreeTextField(blank=True, verbose_name='what you say on the phone')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'text of a message',
                'verbose_name_plural': 'texts of messages',
                'ordering': ['kind', 'language'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'language'), name='one_text_per_kind_and_language'), models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='message_text_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Newsletter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', home.core.personal_data.FreeCharField(help_text='What people read first. Keep it short and clear.', max_length=120, verbose_name='subject')),
                ('body', home.newsletter.models.newsletter.FreeRichTextField(verbose_name='text')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sending', 'Being sent'), ('sent', 'Sent')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='sending began')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent at')),
                ('recipients', models.PositiveIntegerField(default=0, editable=False, verbose_name='subscribers')),
                ('written', models.PositiveIntegerField(default=0, editable=False, verbose_name='in the outbox')),
                ('last_subscriber', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'newsletter',
                'verbose_name_plural': 'newsletters',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('send_newsletter', 'Can send newsletters to all subscribers')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('started_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('started_at__isnull', False)), _connector='OR'), name='newsletter_on_its_way_began'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='newsletter_sent_has_a_moment'), models.CheckConstraint(condition=models.Q(('written__lte', models.F('recipients'))), name='newsletter_to_no_more_than_all'), models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='newsletter_says_something')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=20, unique=True, verbose_name='prefix')),
                ('last', models.PositiveBigIntegerField(default=0, verbose_name='last number taken')),
            ],
            options={
                'verbose_name': 'number series',
                'verbose_name_plural': 'number series',
            },
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', home.core.personal_data.FreeTextField(blank=True, help_text='One or two short sentences under the title. Search engines show them too.', max_length=400, verbose_name='introduction')),
                ('heading', home.core.personal_data.FreeCharField(help_text='The large heading at the top of the home page.', max_length=80, verbose_name='heading')),
                ('search_label', home.core.personal_data.FreeCharField(blank=True, max_length=60, verbose_name='question above the search field')),
                ('search_hint', home.core.personal_data.FreeCharField(blank=True, max_length=120, verbose_name='hint under the search field')),
                ('drawing', models.CharField(choices=[('aan-tafel', 'two people at a table'), ('gesprek', 'two people in front of a window'), ('les', 'a lesson'), ('straat', 'a street with a digipunt'), ('atelier', 'the workshop where devices are repaired'), ('digibus', 'the digibus'), ('laptop', 'laptop'), ('tablet', 'tablet'), ('smartphone', 'smartphone'), ('doos', 'a box with a laptop'), ('set', 'a laptop with its bag and charger')], default='aan-tafel', max_length=20, verbose_name='drawing')),
                ('body', home.pages.body.BodyField(blank=True, verbose_name='body')),
            ],
            options={
                'verbose_name': 'start page',
                'verbose_name_plural': 'start pages',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', home.core.personal_data.FreeTextField(blank=True, help_text='One or two short sentences under the title. Search engines show them too.', max_length=400, verbose_name='introduction')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image')),
                ('caption', home.core.personal_data.FreeCharField(blank=True, max_length=200, verbose_name='caption')),
                ('drawing', models.CharField(blank=True, choices=[('aan-tafel', 'two people at a table'), ('gesprek', 'two people in front of a window'), ('les', 'a lesson'), ('straat', 'a street with a digipunt'), ('atelier', 'the workshop where devices are repaired'), ('digibus', 'the digibus'), ('laptop', 'laptop'), ('tablet', 'tablet'), ('smartphone', 'smartphone'), ('doos', 'a box with a laptop'), ('set', 'a laptop with its bag and charger')], help_text='Shown where there is no image.', max_length=20, verbose_name='drawing')),
                ('body', home.pages.body.BodyField(blank=True, verbose_name='body')),
                ('aside', home.pages.body.AsideField(blank=True, help_text='Keep it short: what nobody should miss.', verbose_name='beside the text')),
            ],
            options={
                'verbose_name': 'content page',
                'verbose_name_plural': 'content pages',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='StoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', home.core.personal_data.FreeTextField(blank=True, help_text='One or two short sentences under the title. Search engines show them too.', max_length=400, verbose_name='introduction')),
                ('date', models.DateField(default=django.utils.timezone.localdate, verbose_name='date')),
                ('quote', home.core.personal_data.FreeTextField(help_text='The most telling words, without quotation marks.', max_length=200, verbose_name='quote')),
                ('teller', home.core.personal_data.FreeCharField(help_text='A first name is enough. Ask first whether it may be here.', max_length=60, verbose_name='storyteller')),
                ('teller_is', home.core.personal_data.FreeCharField(blank=True, help_text='Borrowed a laptop in Aalst.', max_length=120, verbose_name='who they are')),
                ('person', models.CharField(choices=[('persoon-1', 'person 1'), ('persoon-2', 'person 2'), ('persoon-3', 'person 3'), ('persoon-4', 'person 4'), ('persoon-5', 'person 5'), ('persoon-6', 'person 6')], default='persoon-1', max_length=20, verbose_name='drawing of the storyteller')),
                ('image', models.ForeignKey(blank=True, help_text='Only of people who agreed to it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.customimage', verbose_name='image')),
                ('drawing', models.CharField(choices=[('aan-tafel', 'two people at a table'), ('gesprek', 'two people in front of a window'), ('les', 'a lesson'), ('straat', 'a street with a digipunt'), ('atelier', 'the workshop where devices are repaired'), ('digibus', 'the digibus'), ('laptop', 'laptop'), ('tablet', 'tablet'), ('smartphone', 'smartphone'), ('doos', 'a box with a laptop'), ('set', 'a laptop with its bag and charger')], default='gesprek', max_length=20, verbose_name='drawing')),
                ('body', home.pages.body.BodyField(blank=True, verbose_name='body')),
                ('aside', home.pages.body.AsideField(blank=True, verbose_name='beside the text')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='StoryTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='home.storypage')),
            ],
            options={
                'verbose_name': 'subject of a story',
                'verbose_name_plural': 'subjects of stories',
            },
        ),
        migrations.CreateModel(
            name='StoryIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', home.core.personal_data.FreeTextField(blank=True, help_text='One or two short sentences under the title. Search engines show them too.', max_length=400, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'page with stories',
                'verbose_name_plural': 'pages with stories',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('key', models.CharField(editable=False, max_length=32, unique=True)),
                ('language', models.CharField(default='nl', max_length=10, verbose_name='language')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'subscriber',
                'verbose_name_plural': 'subscribers',
                'permissions': [('export_subscriber', 'Can export the addresses of subscribers')],
                'default_permissions': ('view', 'delete'),
                'indexes': [models.Index(fields=['confirmed_at'], name='subscriber_confirmed')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='subscriber_once'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='subscriber_has_an_address'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('confirmed_at__gte', models.F('asked_at')), _connector='OR'), name='subscriber_asked_before_confirming')],
            },
        ),
        migrations.AddField(
            model_name='StoryPage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='home.StoryTag', to='taggit.Tag', verbose_name='subjects'),
        ),
    ]
