"""Fill the catalogue up to 24 pages that all have stock.

python -m bench.in_process.catalogue_data        (after load_demo, with bench.settings)
"""

from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from lending.devices.models import Device, DeviceModel

PAGES = 24


def fill():
    """Create the missing pages, one per model; a second time adds nothing."""
    index = CatalogueIndexPage.objects.get()
    missing = PAGES - CataloguePage.objects.child_of(index).live().count()
    if missing <= 0:
        return
    models = list(DeviceModel.objects.order_by("pk"))
    first_models = {model.catalogue_page_id: model.pk for model in reversed(models)}
    models_without_page = [model for model in models if model.pk not in first_models.values()][
        :missing
    ]
    for number in range(missing - len(models_without_page)):
        model = DeviceModel.objects.create(
            type=models[number].type, brand="Bench", name=f"Model {number + 1}"
        )
        devices = Device.objects.filter(model=models[number]).order_by("pk").values("pk")[:60]
        Device.objects.filter(pk__in=[row["pk"] for row in devices]).update(model=model)
        models_without_page.append(model)
    for number, model in enumerate(models_without_page, start=1):
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
    fill()
