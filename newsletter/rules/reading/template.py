"""A template is broken: it names something that there is not, or a block in it is not closed.

It was changed in your folder `templates`, and the email cannot be made with it.

To mend it, look at the line that is told; CONTRIBUTING.md says what a template gets. To go back to
the one that comes with the builder, rename yours.

Source: https://jinja.palletsprojects.com/en/stable/templates/

Bad:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sendr }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
