"""What only the measurements need in the demo: 24 kinds of device in the catalogue, all with stock.

python -m bench.stock        (after load_demo, with bench.settings)
"""

import django

KINDS = 24


def fill():
    """A page for each model, and for as many more as are lacking; doing it again adds nothing."""
    from lending.catalogue.models import CatalogueIndexPage, CataloguePage
    from lending.devices.models import Device, DeviceModel

    index = CatalogueIndexPage.objects.get()
    lacking = KINDS - CataloguePage.objects.child_of(index).live().count()
    if lacking <= 0:
        return
    models = list(DeviceModel.objects.order_by("pk"))
    kept = {model.catalogue_page_id: model.pk for model in reversed(models)}
    moved = [model for model in models if model.pk not in kept.values()][:lacking]
    for number in range(lacking - len(moved)):
        model = DeviceModel.objects.create(
            type=models[number].type, brand="Bench", name=f"Model {number + 1}"
        )
        some = Device.objects.filter(model=models[number]).order_by("pk").values("pk")[:60]
        Device.objects.filter(pk__in=[row["pk"] for row in some]).update(model=model)
        moved.append(model)
    for number, model in enumerate(moved, start=1):
        page = index.add_child(
            instance=CataloguePage(
                title=str(model),
                slug=f"model-{number}",
                introduction="Om te mailen, te typen en formulieren in te vullen.",
                loan_period="2 jaar in Aalst, 6 maanden elders",
                conditions="In Aalst volg je een leertraject",
            )
        )
        page.save_revision().publish()
        DeviceModel.objects.filter(pk=model.pk).update(catalogue_page=page)


if __name__ == "__main__":
    django.setup()
    fill()
