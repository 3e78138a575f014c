from django.urls import path

from . import lists, people, registering, views

urlpatterns = [
    path("", views.business_list, name="business-list"),
    path("new/", registering.business_new, name="business-new"),
    path("duplicates/", registering.business_duplicates, name="business-duplicates"),
    path("size/", registering.business_size, name="business-size"),
    path("import/", lists.upload, name="business-import"),
    path("import/<str:public_id>/columns/", lists.columns, name="business-import-columns"),
    path("import/<str:public_id>/", lists.preview, name="business-import-preview"),
    path("import/<str:public_id>/left-out.csv", lists.errors, name="business-import-errors"),
    path("<str:public_id>/", views.business, name="business"),
    path("<str:public_id>/edit/", registering.business_edit, name="business-edit"),
    path("<str:public_id>/people/new/", people.person_new, name="person-new"),
    path("<str:public_id>/people/<str:person_id>/", people.person_edit, name="person-edit"),
    path("<str:public_id>/sites/new/", people.site_new, name="site-new"),
    path("<str:public_id>/sites/<str:site_id>/", people.site_edit, name="site-edit"),
]
