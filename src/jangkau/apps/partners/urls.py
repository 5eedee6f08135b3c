"""Addresses of partners."""

from django.urls import path

from jangkau.apps.partners.views import companies, employees, groups, home, permits, pledges, sponsors

urlpatterns = [
    path("mitra/", home.partners, name="partners"),
    path("mitra/janji/", pledges.pledges, name="pledges"),
    path("mitra/janji/baru/", pledges.pledge_new, name="pledge_new"),
    path("mitra/janji/<int:pk>/", pledges.pledge, name="pledge"),
    path("mitra/janji/<int:pk>/putusan/", pledges.pledge_decide, name="pledge_decide"),
    path("mitra/janji/<int:pk>/dana-masuk/", pledges.pledge_receive, name="pledge_receive"),
    path("mitra/janji/<int:pk>/akhiri/", pledges.pledge_end, name="pledge_end"),
    path("mitra/janji/<int:pk>/perpanjang/", pledges.pledge_renew, name="pledge_renew"),
    path("mitra/janji/<int:pk>/tanda-terima.pdf", pledges.pledge_receipt, name="pledge_receipt"),
    path("mitra/janji/<int:pk>/sertifikat.pdf", pledges.pledge_certificate, name="pledge_certificate"),
    path("mitra/penyandang/", sponsors.sponsors, name="sponsors"),
    path("mitra/penyandang/baru/", sponsors.sponsor, name="sponsor_new"),
    path("mitra/penyandang/<int:pk>/", sponsors.sponsor, name="sponsor"),
    path("mitra/penyandang/<int:pk>/izin/", sponsors.sponsor_consent, name="sponsor_consent"),
    path("mitra/perusahaan/", companies.companies, name="companies"),
    path("mitra/perusahaan/muat/", companies.company_import, name="company_import"),
    path("mitra/perusahaan/karyawan/", employees.employees, name="employees"),
    path("mitra/perusahaan/karyawan/<str:code>/", employees.employees_of, name="employees_of"),
    path("mitra/perusahaan/<int:pk>/", companies.company, name="company"),
    path("mitra/perusahaan/<int:pk>/daftar/", companies.company_list, name="company_list"),
    path("mitra/perusahaan/<int:pk>/langkah/", companies.company_step, name="company_step"),
    path("mitra/langkah/<int:pk>/hasil/", companies.company_outcome, name="company_outcome"),
    path("mitra/langkah/<int:pk>/surat.pdf", companies.company_letter, name="company_letter"),
    path("mitra/kelompok/", groups.groups, name="groups"),
    path("mitra/kelompok/baru/", groups.group_edit, name="group_new"),
    path("mitra/kelompok/<int:pk>/", groups.group, name="group"),
    path("mitra/kelompok/<int:pk>/ubah/", groups.group_edit, name="group_edit"),
    path("mitra/kelompok/<int:pk>/kirim/", groups.group_send, name="group_send"),
    path("mitra/izin/", permits.permit_check, name="permit_check"),
    path("penyandang-dana/", sponsors.sponsors_public, name="sponsors_public"),
]
