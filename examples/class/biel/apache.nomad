job "apache" {
  datacenters = ["dc1"]

  group "apache" {
    count = 3

    network {
      port "http" {
        to = 80
      }
    }

    task "apache" {
      driver = "docker"

      config {
        image          = "httpd:2.4.55"
        ports          = ["http"]
        auth_soft_fail = true
      }

      service {
        name     = "apache"
        port     = "http"
        provider = "consul"
      }

      resources {
        cpu    = 500
        memory = 256
      }
    }
  }
}
